using EfSafeMigrate.Changes;
using static EfSafeMigrate.Engines.Postgres.PostgresImpact;

namespace EfSafeMigrate.Engines.Postgres;

internal static class PostgresColumns
{
    public static Impact? ImpactOf(Change change, ServerState state) => change switch
    {
        AddColumn add => Add(add, state),
        DropColumn drop => Drop(drop, state),
        RenameColumn rename => TakingTree(LockMode.AccessExclusive, rename.Table, state),
        AlterColumn alter => PostgresAlterColumn.ImpactOf(alter, state),
        _ => null,
    };

    private static Impact Add(AddColumn add, ServerState state)
    {
        var table = state.Model.Find(add.Table);
        var impact = TakingTree(LockMode.AccessExclusive, add.Table, state);
        if (add.IfNotExists && table?.Column(add.Column.Name) is not null)
        {
            return impact;
        }
        var column = add.Column;
        var virtualColumn = column.ComputedSql is not null && !column.Stored;
        var rewrites = !virtualColumn && Rewrites(column, state);
        impact = impact with
        {
            Work = rewrites ? RewriteOf(table) : virtualColumn && !column.Nullable ? Work.Scan : Work.Metadata,
            FailsIf = FillsNothing(column) && !column.Nullable ? FailsIf.RowsExist : FailsIf.Nothing,
            OnlineForm = rewrites ? "ADD COLUMN without the default, SET DEFAULT in a second statement, then a backfill in batches" : null,
            Refused = virtualColumn && !state.Version.IsAtLeast(18)
                ? $"PostgreSQL {state.Version} has no virtual generated columns: `{column.Name}` has to be STORED." : null,
        };
        return add.Inline.Aggregate(impact, (all, inline) => all.And(InlineOf(inline, column, state)));
    }

    private static Impact InlineOf(Change inline, Column column, ServerState state)
    {
        var impact = PostgresEngine.Value.ImpactOf(inline, state) ?? Free;
        // A foreign key over a column that is NULL everywhere has nothing to check; measured.
        return inline is AddForeignKey && FillsNothing(column) ? impact with { Work = Work.Metadata, FailsIf = FailsIf.Nothing } : impact;
    }

    private static bool Rewrites(Column column, ServerState state) =>
        column.Identity
        || PostgresTypeName.IsSerial(column.Type)
        || column.ComputedSql is not null
        // A constrained domain checks each row even when there is no default; measured.
        || state.Model.ConstrainedDomain(column.Type) is not null
        // Up to version 10 any default is written into every row.
        || (column.Default is { } value && (!state.Version.IsAtLeast(11) || PostgresVolatility.IsVolatile(value, state.Model)));

    private static bool FillsNothing(Column column) =>
        column is { Default: null, Identity: false, ComputedSql: null } && !PostgresTypeName.IsSerial(column.Type);

    /// <summary>A rewrite builds every index anew.</summary>
    public static Work RewriteOf(Table? table) =>
        table is null || table.HasIndexes() ? Work.Rewrite | Work.IndexBuild : Work.Rewrite;

    private static Impact Drop(DropColumn drop, ServerState state)
    {
        var children = state.Model.Children(drop.Table, drop.Name).Under(LockMode.AccessExclusive).ToArray();
        return TakingTree(LockMode.AccessExclusive, drop.Table, state)
            .With(state.Model.Principals(drop.Table, drop.Name).Under(LockMode.AccessExclusive))
            .With(drop.Cascade ? children : [])
            .Refuse(drop.Cascade ? null : PostgresDependents.KeepingColumn(drop.Table, drop.Name, state.Model));
    }
}
