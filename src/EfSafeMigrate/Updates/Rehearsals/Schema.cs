using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Rehearsals;

/// <summary>The users' whole schema at one moment.</summary>
internal sealed record Schema(IReadOnlyList<SchemaLine> Lines)
{
    private const int AskSeconds = 60;

    /// <param name="history">EF's own table, where it is not called as usual.</param>
    /// <param name="seconds">The text of a view waits for locks on what it reads.</param>
    public static async Task<Schema> ReadAsync(Query query, Engine engine, TableName? history, CancellationToken cancellation, int seconds = AskSeconds)
    {
        var ask = engine.Schema.Lines(history);
        var found = await query(ask.Sql, ask.Parameters, seconds, cancellation);
        return new([.. found.Rows.SelectMany(engine.Schema.Read)]);
    }
}
