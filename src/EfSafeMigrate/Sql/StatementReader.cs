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
        return read is [.., { Statement.Script: { Comments.Count: > 0 } script }] ? WithRest(read, script) : read;
    }

    /// <summary>Comments that no statement took stay visible, at the last change; those of the file are for every change.</summary>
    public static IReadOnlyList<Change> WithRest(IReadOnlyList<Change> changes, IReadOnlyList<Waiver> all)
    {
        if (all.Count == 0 || changes.Count == 0)
        {
            return changes;
        }
        Waiver[] ofFile = [.. all.Where(waiver => waiver.OfFile)];
        var strays = all.Except(ofFile).Except(changes.SelectMany(change => change.Waivers)).Select(stray => stray with { Stray = true });
        return
        [
            .. changes.SkipLast(1).Select(change => ofFile.Length == 0 ? change : change with { Waivers = [.. change.Waivers, .. ofFile] }),
            changes[^1] with { Waivers = [.. changes[^1].Waivers, .. ofFile, .. strays] },
        ];
    }

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

    private static IReadOnlyList<ReadStatement> WithRest(List<ReadStatement> read, Script script)
    {
        var changes = WithRest([.. read.SelectMany(each => each.Changes)], WaiverComments.All(script, 0));
        var taken = 0;
        return [.. read.Select(each => each with { Changes = [.. changes.Skip((taken += each.Changes.Count) - each.Changes.Count).Take(each.Changes.Count)] })];
    }
}
