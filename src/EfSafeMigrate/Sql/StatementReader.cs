using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <param name="Changes">What the statement does; never empty.</param>
/// <param name="After">The schema behind it.</param>
internal sealed record ReadStatement(Statement Statement, IReadOnlyList<Change> Changes, DatabaseModel After);

/// <summary>Reads SQL into changes. What it cannot read becomes <see cref="OpaqueSql"/>; it never throws and drops nothing silently.</summary>
internal static class StatementReader
{
    public static IReadOnlyList<Change> Read(string sql, SqlDialect dialect, DatabaseModel model) =>
        [.. ReadEach(sql, dialect, model).SelectMany(read => read.Changes)];

    /// <summary>Statement by statement, each on the schema its predecessors leave.</summary>
    public static IReadOnlyList<ReadStatement> ReadEach(string sql, SqlDialect dialect, DatabaseModel model)
    {
        var read = new List<ReadStatement>();
        var variables = new Variables();
        foreach (var statement in Splitter.Split(sql, dialect))
        {
            var changes = Placed(ReadOne(statement, model, variables), statement);
            model = changes.Aggregate(model, (before, change) => before.After(change));
            read.Add(new(statement, changes, model));
        }
        if (read.Count > 0 && Strays(read[^1].Statement.Script, read) is { Count: > 0 } strays)
        {
            read[^1] = read[^1] with { Changes = WithStrays(read[^1].Changes, strays) };
        }
        return read;
    }

    /// <summary>Comments that no statement took stay visible, at the last change.</summary>
    public static IReadOnlyList<Change> WithStrays(IReadOnlyList<Change> changes, IReadOnlyList<Waiver> strays) =>
        strays.Count == 0 || changes.Count == 0 ? changes
        : [.. changes.SkipLast(1), changes[^1] with { Waivers = [.. changes[^1].Waivers, .. strays.Select(stray => stray with { Stray = true })] }];

    private static IReadOnlyList<Change> ReadOne(Statement statement, DatabaseModel model, Variables variables)
    {
        if (statement.IsUnclosed)
        {
            return [new OpaqueSql(statement.Text, "a quote or comment is not closed")];
        }
        var cursor = new Cursor(statement.Script, statement.From, statement.To, model) { Variables = variables };
        if (JoinedStatements.In(cursor.Fork()) is { } second)
        {
            return [JoinedStatements.Opaque(statement.Text, second)];
        }
        var changes = StatementFamilies.Read(cursor);
        return cursor.Failure is { } why ? [new OpaqueSql(statement.Text, why)]
            : changes.Count > 0 ? changes
            : [new OtherStatement("DO", null)];
    }

    private static IReadOnlyList<Change> Placed(IReadOnlyList<Change> changes, Statement statement)
    {
        var waivers = WaiverComments.Of(statement.Script, statement.From, statement.To, 0);
        var open = statement.Script.Dialect.NeedsTerminators && statement.To == statement.Script.Tokens.Count;
        return waivers.Count == 0 && !open && changes.All(change => change.Block is null) ? changes
            :
            [
                .. changes.Select(change => change with
                {
                    Block = change.Block is null ? null : statement.Offset,
                    Unterminated = open,
                    Waivers = waivers.Count == 0 ? change.Waivers : [.. change.Waivers, .. waivers],
                }),
            ];
    }

    private static IReadOnlyList<Waiver> Strays(Script script, IReadOnlyList<ReadStatement> read) =>
        script.Comments.Count == 0 ? []
        : [.. WaiverComments.All(script, 0).Except(read.SelectMany(each => each.Changes).SelectMany(change => change.Waivers))];
}
