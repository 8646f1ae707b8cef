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
    public static IEnumerable<ReadStatement> ReadEach(string sql, SqlDialect dialect, DatabaseModel model)
    {
        var variables = new Variables();
        foreach (var statement in Splitter.Split(sql, dialect))
        {
            var changes = ReadOne(statement, model, variables);
            model = changes.Aggregate(model, (before, change) => before.After(change));
            yield return new(statement, changes, model);
        }
    }

    private static IReadOnlyList<Change> ReadOne(Statement statement, DatabaseModel model, Variables variables)
    {
        if (statement.IsUnclosed)
        {
            return [new OpaqueSql(statement.Text, "a quote or comment is not closed")];
        }
        var cursor = new Cursor(statement.Script, statement.From, statement.To, model) { Variables = variables };
        var changes = StatementFamilies.Read(cursor);
        return cursor.Failure is { } why ? [new OpaqueSql(statement.Text, why)]
            : changes.Count > 0 ? changes
            : [new OtherStatement("DO", null)];
    }
}
