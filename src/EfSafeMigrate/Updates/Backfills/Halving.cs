using System.Globalization;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>
/// Does something with a range in which rows are at fault: from its beginning to its end, in halves, down to single rows. Every half that has
/// none at fault is done by that.
/// </summary>
internal sealed class Halving(Connection connection, BackfillForms forms, Walk walk)
{
    /// <param name="attempt">Each call is one transaction; fails with a row's fault or does all of its range.</param>
    /// <param name="atFault">Given the row at fault; throws to end it there.</param>
    /// <exception cref="QueryFailure">The range fails without a row.</exception>
    public async Task RunAsync(KeyRange range, Func<KeyRange, CancellationToken, Task> attempt, Func<RowAtFault, CancellationToken, Task> atFault, CancellationToken cancellation)
    {
        var open = new Stack<(KeyRange Range, bool Whole)>([(range, false)]);
        while (open.TryPop(out var next))
        {
            if (await FailsAsync(next.Range, attempt, cancellation) is not { } failure)
            {
                continue;
            }
            var rows = await CountAsync(next.Range, cancellation);
            if (rows == 0 && next.Whole)
            {
                throw failure;
            }
            if (rows == 0)
            {
                // The row went away meanwhile, or it was never a row's fault: a second failure tells.
                open.Push((next.Range, true));
            }
            else if (rows > 1 && await MiddleAsync(next.Range, rows, cancellation) is { } middle)
            {
                open.Push((next.Range with { After = middle }, false));
                open.Push((next.Range with { UpTo = middle }, false));
            }
            else
            {
                await AtOnePlaceAsync(next.Range, failure, attempt, atFault, cancellation);
            }
        }
    }

    /// <summary>Where to cut; null when all rows have the last key: parents and children of a table may share one.</summary>
    private async Task<IReadOnlyList<string>?> MiddleAsync(KeyRange range, long rows, CancellationToken cancellation)
    {
        foreach (var n in new[] { rows / 2, 1 })
        {
            if (await NthAsync(range, n, cancellation) is { } middle && (range.UpTo is not { } last || !middle.SequenceEqual(last)))
            {
                return middle;
            }
        }
        return null;
    }

    /// <summary>A key is one row; a place may have several.</summary>
    private async Task AtOnePlaceAsync(
        KeyRange range, QueryFailure failure, Func<KeyRange, CancellationToken, Task> attempt, Func<RowAtFault, CancellationToken, Task> atFault, CancellationToken cancellation)
    {
        if (forms.RowsAt is not { } rows || forms.Place is not { } place || !walk.Key.SequenceEqual(place))
        {
            var key = await NthAsync(range, 1, cancellation) ?? range.UpTo ?? throw failure;
            await atFault(new(key, range, failure), cancellation);
            return;
        }
        foreach (var key in await KeysAsync(rows(walk, range), cancellation))
        {
            if (await FailsAsync(KeyRange.Row(key), attempt, cancellation) is { } one)
            {
                await atFault(new(key, KeyRange.Row(key), one), cancellation);
            }
        }
    }

    private async Task<QueryFailure?> FailsAsync(KeyRange range, Func<KeyRange, CancellationToken, Task> attempt, CancellationToken cancellation)
    {
        try
        {
            await attempt(range, cancellation);
            return null;
        }
        catch (QueryFailure failure) when (!failure.Lost && forms.RowAtFault(failure.SqlState))
        {
            return failure;
        }
    }

    private async Task<long> CountAsync(KeyRange range, CancellationToken cancellation)
    {
        var count = forms.Count(walk, range);
        return long.Parse((await connection.QueryAsync(count.Sql, count.Parameters, 0, cancellation)).Rows[0][0]!, CultureInfo.InvariantCulture);
    }

    private async Task<IReadOnlyList<string>?> NthAsync(KeyRange range, long n, CancellationToken cancellation) => await KeysAsync(forms.Nth(walk, range, n), cancellation) is [var key] ? key : null;

    private async Task<IReadOnlyList<IReadOnlyList<string>>> KeysAsync(Ask ask, CancellationToken cancellation) =>
        [.. (await connection.QueryAsync(ask.Sql, ask.Parameters, 0, cancellation)).Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(value => value!)])];
}

/// <param name="Range">All that there is in it is this row.</param>
internal sealed record RowAtFault(IReadOnlyList<string> Key, KeyRange Range, QueryFailure Failure);
