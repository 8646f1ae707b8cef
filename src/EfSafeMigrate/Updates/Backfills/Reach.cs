using System.Globalization;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>
/// Finds where batches end. Where the next one ends is looked up on the other connection while this one is written; keys do not move meanwhile, and
/// rows that come between only make a batch a little longer.
/// </summary>
internal sealed class Reach(BackfillContext context, Connection connection, Walk walk)
{
    private readonly BackfillForms forms = context.Engine.Backfill;
    private (KeyRange Behind, int Rows, Task<IReadOnlyList<IReadOnlyList<string?>>> Found)? ahead;

    /// <returns>The key at which the batch ends, null at the end of the range; and how many rows it has.</returns>
    public async Task<(IReadOnlyList<string>? Key, long Rows)> FindAsync(KeyRange rest, int rows, CancellationToken cancellation)
    {
        if (await AheadAsync(rest, rows) is { } found)
        {
            return found;
        }
        var nth = forms.Nth(walk, rest, rows);
        if ((await connection.QueryAsync(nth.Sql, nth.Parameters, 0, cancellation)).Rows is [var row])
        {
            return ([.. row.Select(value => value!)], rows);
        }
        var count = forms.Count(walk, rest);
        return (null, long.Parse((await connection.QueryAsync(count.Sql, count.Parameters, 0, cancellation)).Rows[0][0]!, CultureInfo.InvariantCulture));
    }

    /// <summary>Begins to look where the batch behind a key ends.</summary>
    public void LookAhead(KeyRange rest, int rows, CancellationToken cancellation)
    {
        // One writer keeps readers out for as long as it commits, or they it.
        if (!context.Engine.OneWriter && !walk.Moves)
        {
            var nth = forms.Nth(walk, rest, rows);
            ahead = (rest, rows, RowsAsync(nth, cancellation));
        }
    }

    private async Task<IReadOnlyList<IReadOnlyList<string?>>> RowsAsync(Ask nth, CancellationToken cancellation)
    {
        try
        {
            return (await context.Control.QueryAsync(nth.Sql, nth.Parameters, 0, cancellation)).Rows;
        }
        catch (Exception exception) when (exception is QueryFailure or OperationCanceledException)
        {
            // Asked again when it matters.
            return [];
        }
    }

    private async Task<(IReadOnlyList<string>? Key, long Rows)?> AheadAsync(KeyRange rest, int rows)
    {
        if (ahead is not var (from, asked, found))
        {
            return null;
        }
        ahead = null;
        var answer = await found;
        var fits = from.After is { } after && rest.After is { } now && after.SequenceEqual(now) && asked <= rows * 1.5 && asked >= rows * 0.5;
        return fits && answer is [var row] ? (row.Select(value => value!).ToArray(), asked) : null;
    }
}
