using EfSafeMigrate.Changes;
using Index = EfSafeMigrate.Changes.Index;
using static EfSafeMigrate.Engines.Postgres.PostgresImpact;

namespace EfSafeMigrate.Engines.Postgres;

internal static class PostgresAlterColumn
{
    public static Impact ImpactOf(AlterColumn alter, ServerState state)
    {
        var table = state.Model.Find(alter.Table);
        var old = alter.Old ?? table?.Column(alter.New.Name);
        if (old is null)
        {
            return Unknown(alter, state);
        }
        if (old with { Comment = alter.New.Comment } == alter.New && old.Comment != alter.New.Comment && alter.Using is null)
        {
            return Taking(LockMode.ShareUpdateExclusive, alter.Table);
        }
        return TakingTree(LockMode.AccessExclusive, alter.Table, state)
            .And(Type(alter, old, table, state))
            .And(Nullability(alter, old, table))
            .And(Generated(alter, old, table, state))
            .And(Identity(alter, old));
    }

    /// <summary>The column is unknown, so its clause counts as the worst it can be.</summary>
    private static Impact Unknown(AlterColumn alter, ServerState state)
    {
        var impact = TakingTree(LockMode.AccessExclusive, alter.Table, state);
        return alter.Clause switch
        {
            "SET NOT NULL" => impact with { Work = Work.Scan, FailsIf = FailsIf.NullsExist },
            null or "TYPE" or "SET EXPRESSION" => impact with { Work = Work.Rewrite | Work.IndexBuild, FailsIf = FailsIf.ValuesDoNotFit },
            _ => impact,
        };
    }

    private static Impact Type(AlterColumn alter, Column old, Table? table, ServerState state)
    {
        var conversion = PostgresTypes.Convert(old.Type, alter.New.Type, state);
        var sameType = PostgresTypeName.Parse(old.Type).Same(PostgresTypeName.Parse(alter.New.Type));
        var collated = old.Collation != alter.New.Collation;
        if (sameType && !collated && alter.Using is null)
        {
            return Free;
        }
        // A USING clause is evaluated for each row even when it changes nothing; measured.
        var rewrites = conversion.Rewrites || alter.Using is not null;
        var work = rewrites
            ? PostgresColumns.RewriteOf(table)
            : InPlace(table, old.Name, reindexes: conversion.Reindexes || collated);
        return Free with
        {
            Locks = [.. Others(alter.Table, old.Name, state.Model)],
            Work = work,
            FailsIf = conversion.Narrows ? FailsIf.ValuesDoNotFit : FailsIf.Nothing,
            OnlineForm = rewrites ? OnlineForm(old, alter, state) : null,
            Refused = PostgresDependents.FixingType(alter.Table, old.Name, state.Model)
                ?? (alter.Using is null && !PostgresCasts.Automatic(old.Type, alter.New.Type, state.Model)
                    ? $"Column `{old.Name}` cannot be cast automatically from {old.Type} to {alter.New.Type}: the statement needs USING."
                    : null),
        };
    }

    /// <summary>Foreign keys over the column are rebuilt, which locks the other table whether or not rows are rewritten.</summary>
    private static IEnumerable<TableLock> Others(TableName table, string column, DatabaseModel model) =>
        model.Principals(table, column).Concat(model.Children(table, column)).Under(LockMode.AccessExclusive);

    private static Work InPlace(Table? table, string column, bool reindexes)
    {
        if (table is null)
        {
            return Work.Metadata;
        }
        var rebuilt = table.Indexes.Any(index => IsRebuilt(index, column) || (reindexes && index.Columns.Contains(column)))
            || (reindexes && table.UniqueConstraints.Append(table.PrimaryKey).Any(key => key?.Columns.Contains(column) == true));
        var rechecked = table.Checks.Any(check => check.Sql.Mentions(column));
        return (rebuilt ? Work.IndexBuild : Work.Metadata) | (rechecked ? Work.Scan : Work.Metadata);
    }

    /// <summary>An index with a predicate or an expression is built anew when it has anything to do with the column; measured.</summary>
    private static bool IsRebuilt(Index index, string column)
    {
        var touches = index.Columns.Concat(index.Include).Append(index.Filter ?? "").Any(part => part.Mentions(column));
        return touches && (index.Filter is not null || index.Columns.Any(part => part.StartsWith('(')));
    }

    private static string OnlineForm(Column old, AlterColumn alter, ServerState state) =>
        (PostgresTypeName.Parse(old.Type).Name, PostgresTypeName.Parse(alter.New.Type).Name) is ("timestamp", "timestamptz") or ("timestamptz", "timestamp")
            ? state.TimeZone is null
                ? "the same statement in a session whose TimeZone is UTC, when the values are in UTC (the session's TimeZone is unknown here)"
                : "the same statement without USING in a session whose TimeZone is UTC, when the values are in UTC"
            : "a new column, filled by a trigger and a backfill in batches, then swapped";

    private static Impact Nullability(AlterColumn alter, Column old, Table? table)
    {
        if (!old.Nullable || alter.New.Nullable)
        {
            return Free;
        }
        if (table?.ProvesNotNull(old.Name) == true)
        {
            return Free;
        }
        return Free with
        {
            Work = Work.Scan,
            FailsIf = FailsIf.NullsExist,
            OnlineForm = $"CHECK ({PostgresEngine.Value.Quote(old.Name)} IS NOT NULL) NOT VALID, VALIDATE CONSTRAINT in another transaction, then SET NOT NULL",
        };
    }

    private static Impact Generated(AlterColumn alter, Column old, Table? table, ServerState state)
    {
        if (old.ComputedSql == alter.New.ComputedSql && old.Stored == alter.New.Stored)
        {
            return Free;
        }
        if (alter.New.ComputedSql is null)
        {
            return Free.Refuse(
                !old.Stored ? $"Column `{old.Name}` is virtual: DROP EXPRESSION needs a stored generated column."
                : state.Version.IsAtLeast(13) ? null : $"PostgreSQL {state.Version} has no DROP EXPRESSION.");
        }
        // SET EXPRESSION (17 and later) and the drop and add that Npgsql emits both compute every stored row anew.
        return alter.New.Stored
            ? Free with { Work = PostgresColumns.RewriteOf(table) }
            : Free.Refuse(table?.Checks.Count > 0 ? $"Table `{table.Name}` has a CHECK constraint: SET EXPRESSION on a virtual column is refused." : null);
    }

    private static Impact Identity(AlterColumn alter, Column old) =>
        Free.Refuse(!old.Identity && alter.New is { Identity: true, Nullable: true } ? $"Column `{old.Name}` is nullable, so it cannot become an identity." : null);
}
