using System.Diagnostics;
using System.Globalization;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>
/// Looks at every row of the table by itself: it knows nothing of where the backfill went. Chunk by chunk, each a transaction of its own, so that
/// no old snapshot keeps the server from clearing up; the proof holds from chunk to chunk as long as the trigger is there.
/// </summary>
internal sealed class BackfillVerification(BackfillContext context, Connection connection, string name, Walk walk)
{
    private const int Seconds = 15;

    /// <summary>The first chunk shows what rows cost.</summary>
    private const int FirstRows = 5000;

    /// <summary>The table changes while it is counted: another look may find it stiller.</summary>
    private const int Looks = 3;

    private const int Repairs = 3;
    private const int KeysShown = 10;

    private readonly BackfillForms forms = context.Engine.Backfill;
    private readonly BatchRetry retry = new(name, walk.Spec.Table, connection, context.Engine.Backfill, context.Tell);
    private readonly BackfillRepair repair = new(context, connection, name, walk);
    private readonly string target = $"{walk.Spec.Table}.{walk.Spec.Column}";

    /// <summary>Rows for which the expression has no value but an error.</summary>
    private int atFault;

    /// <summary>Rows of a chunk, at most: so closely a difference is placed.</summary>
    public int ChunkRows { get; init; } = 20_000;

    /// <summary>Called between two chunks; returns when it may go on.</summary>
    public Func<CancellationToken, Task> PassAsync { get; init; } = _ => Task.CompletedTask;

    public async Task<BackfillVerdict> RunAsync(CancellationToken cancellation)
    {
        try
        {
            for (var look = 1; ; look++)
            {
                var verdict = await LookAsync(cancellation);
                if (look == Looks || verdict is not NotProven { Why: Doubt.RowCount })
                {
                    return verdict;
                }
            }
        }
        catch (QueryFailure failure) when (!failure.Lost || connection.ReconnectAsync is not null)
        {
            return new NotProven(Doubt.QueryFailed, $"{target}: the comparison failed: {failure.Sentence.TrimEnd('.')}.");
        }
        catch (SafeMigrateException failure)
        {
            return new NotProven(Doubt.QueryFailed, $"{target}: {failure.Message}");
        }
    }

    private async Task<BackfillVerdict> LookAsync(CancellationToken cancellation)
    {
        if (await MissingTriggerAsync(cancellation) is { } missing)
        {
            return BackfillEvidence.Lacking(target, missing);
        }
        atFault = 0;
        var before = await CountAsync(cancellation);
        var chunks = await WalkAsync(before, cancellation);
        var after = await CountAsync(cancellation);
        return new BackfillEvidence(target, chunks, before, after) { MissingTrigger = await MissingTriggerAsync(cancellation), Hashes = forms.Hashes }.Verdict;
    }

    private async Task<IReadOnlyList<DifferingChunk>> WalkAsync(long total, CancellationToken cancellation)
    {
        List<DifferingChunk> chunks = [];
        var size = new BatchSize(FirstRows) { Target = context.Settings.Target ?? forms.Target };
        var clock = Stopwatch.StartNew();
        long rows = 0;
        for (IReadOnlyList<string>? after = null; ;)
        {
            await PassAsync(cancellation);
            var began = clock.Elapsed;
            var (chunk, upTo) = await AgainAsync(Math.Min(size.Current, ChunkRows), (most, token) => NextAsync(after, most, token), cancellation);
            size.Took(chunk.Compared.Rows, clock.Elapsed - began);
            chunk = await SettleAsync(chunk, cancellation);
            chunks.Add(chunk);
            context.Tell(new VerifyProgress(name, rows += chunk.Compared.Rows, total, chunks.Count, clock.Elapsed));
            // A walk that stands still would never end; the evidence says what is wrong with it.
            if (upTo is null || (after is not null && upTo.SequenceEqual(after)))
            {
                return chunks;
            }
            after = upTo;
        }
    }

    /// <summary>The chunk behind a key, and where it ends: null at the end of the table.</summary>
    private async Task<(DifferingChunk Chunk, IReadOnlyList<string>? UpTo)> NextAsync(IReadOnlyList<string>? after, int rows, CancellationToken cancellation)
    {
        var nth = forms.Nth(walk, new(after, null), rows);
        var upTo = (await connection.QueryAsync(nth.Sql, nth.Parameters, 0, cancellation)).Rows is [var key] ? key.Select(value => value!).ToArray() : null;
        return (await CompareAsync(new(after, upTo), cancellation), upTo);
    }

    /// <summary>A chunk that differs is written again and looked at again, where that is wanted.</summary>
    private async Task<DifferingChunk> SettleAsync(DifferingChunk chunk, CancellationToken cancellation)
    {
        if (chunk.Compared.Differing == 0)
        {
            return chunk;
        }
        context.Tell(new ChunkDiffers(name, chunk));
        for (var time = 1; context.Settings.Repair && time <= Repairs; time++)
        {
            var range = chunk.Compared.Range;
            var written = await repair.RunAsync(range, cancellation);
            chunk = await AgainAsync(ChunkRows, (_, token) => CompareAsync(range, token), cancellation);
            if (chunk.Compared.Differing == 0)
            {
                context.Tell(new ChunkRepaired(name, range, written));
                break;
            }
        }
        return chunk;
    }

    private async Task<DifferingChunk> CompareAsync(KeyRange range, CancellationToken cancellation)
    {
        try
        {
            var compared = await OneAsync(range, cancellation);
            return new(compared, compared.Differing == 0 ? [] : await LeftAsync(range, cancellation));
        }
        catch (QueryFailure failure) when (!failure.Lost && forms.RowAtFault(failure.SqlState))
        {
            return await ByHalvesAsync(range, cancellation);
        }
    }

    /// <summary>The expression fails in a row, so it fails in the comparison too: such rows do not have their value.</summary>
    private async Task<DifferingChunk> ByHalvesAsync(KeyRange range, CancellationToken cancellation)
    {
        List<IReadOnlyList<string>> keys = [];
        long rows = 0, differing = 0, concerned = 0;
        await new Halving(connection, forms, walk).RunAsync(
            range,
            async (half, token) =>
            {
                var compared = await OneAsync(half, token);
                (rows, differing, concerned) = (rows + compared.Rows, differing + compared.Differing, concerned + compared.Concerned);
                if (compared.Differing > 0)
                {
                    keys.AddRange(await LeftAsync(half, token));
                }
            },
            (row, _) =>
            {
                (rows, differing, concerned) = (rows + 1, differing + 1, concerned + 1);
                keys.Add(row.Key);
                return ++atFault <= BadRows.Most ? Task.CompletedTask : throw row.Failure;
            },
            cancellation);
        return new(new(range, rows, differing, null, null) { Concerned = concerned }, [.. keys.Take(KeysShown)]);
    }

    private async Task<ComparedChunk> OneAsync(KeyRange range, CancellationToken cancellation)
    {
        var compare = forms.Compare(walk, range);
        var row = (await connection.QueryAsync(compare.Sql, compare.Parameters, 0, cancellation)).Rows[0];
        var rows = Number(row[0]);
        return new(range, rows, Number(row[1]), row[2], row[3]) { Concerned = row.Count > 4 ? Number(row[4]) : rows };
    }

    private async Task<IReadOnlyList<IReadOnlyList<string>>> LeftAsync(KeyRange range, CancellationToken cancellation)
    {
        var left = forms.Left(walk, range, KeysShown);
        return [.. (await connection.QueryAsync(left.Sql, left.Parameters, 0, cancellation)).Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(value => value!)])];
    }

    private async Task<string?> MissingTriggerAsync(CancellationToken cancellation)
    {
        if (walk.Spec.Trigger is not { } trigger)
        {
            return null;
        }
        var fires = forms.Fires(walk.Spec.Table, trigger);
        return await AgainAsync(1, async (_, token) => (await connection.QueryAsync(fires.Sql, fires.Parameters, Seconds, token)).Rows.Count == 0 ? trigger : null, cancellation);
    }

    private Task<long> CountAsync(CancellationToken cancellation)
    {
        var count = forms.Count(walk, KeyRange.All);
        return AgainAsync(1, async (_, token) => Number((await connection.QueryAsync(count.Sql, count.Parameters, 0, token)).Rows[0][0]), cancellation);
    }

    /// <summary>It only reads: there is nothing to take up after a loss.</summary>
    private Task<T> AgainAsync<T>(int rows, Func<int, CancellationToken, Task<T>> attempt, CancellationToken cancellation) => retry.RunAsync(rows, attempt, _ => Task.CompletedTask, cancellation);

    private static long Number(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);
}
