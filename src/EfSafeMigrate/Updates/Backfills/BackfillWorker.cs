using System.Diagnostics;
using System.Globalization;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>
/// Goes over one range. A batch is one transaction: the rows and the new place of the cursor. It does not wait for rows that somebody holds: it
/// writes the others first, and waits for those one at a time with nothing else locked.
/// </summary>
internal sealed class BackfillWorker(BackfillContext context, Connection connection, BackfillStore store, string name, Walk walk, BackfillGate gate, ProgressMeter progress)
{
    /// <summary>Shorter than any server waits before it looks for a deadlock.</summary>
    private const int ShortMilliseconds = 100;
    private const int LongMilliseconds = 2000;

    /// <summary>Rows that somebody holds, of which the keys are read at once.</summary>
    private const int Held = 500;

    private readonly BackfillForms forms = context.Engine.Backfill;
    private readonly BatchSize size = new();
    private bool waited;

    public async Task RunAsync(BackfillPart part, CancellationToken cancellation)
    {
        while (!part.IsDone)
        {
            await gate.PassAsync(cancellation);
            Steer();
            var clock = Stopwatch.StartNew();
            waited = false;
            var rows = size.Current;
            var (reached, walked) = await ReachAsync(part.Rest, rows, cancellation);
            var range = part.Rest with { UpTo = reached ?? part.Range.UpTo };
            part = await WriteAsync(part, part with { Cursor = range.UpTo, Walked = part.Walked + walked, IsDone = reached is null }, range, cancellation);
            size.Took(walked, clock.Elapsed);
            context.Tell(progress.Batch(part, size.Current, clock.Elapsed, waited));
            await Task.Delay(Pause, cancellation);
        }
    }

    private TimeSpan Pause => gate.Tuning.PauseMilliseconds is { } tuned ? TimeSpan.FromMilliseconds(tuned) : context.Settings.Pause ?? forms.Breath;

    private void Steer()
    {
        size.Fixed = gate.Tuning.BatchSize ?? context.Settings.BatchSize;
        size.Target = gate.Tuning.TargetMilliseconds is { } tuned ? TimeSpan.FromMilliseconds(tuned) : context.Settings.Target ?? forms.Target;
    }

    /// <returns>The key at which the batch ends, null at the end of the range; and how many rows it has.</returns>
    private async Task<(IReadOnlyList<string>? Key, long Rows)> ReachAsync(KeyRange rest, int rows, CancellationToken cancellation)
    {
        var nth = forms.Nth(walk, rest, rows);
        if ((await connection.QueryAsync(nth.Sql, nth.Parameters, 0, cancellation)).Rows is [var row])
        {
            return ([.. row.Select(value => value!)], rows);
        }
        var count = forms.Count(walk, rest);
        return (null, long.Parse((await connection.QueryAsync(count.Sql, count.Parameters, 0, cancellation)).Rows[0][0]!, CultureInfo.InvariantCulture));
    }

    private async Task<BackfillPart> WriteAsync(BackfillPart from, BackfillPart to, KeyRange range, CancellationToken cancellation)
    {
        try
        {
            return await CommitAsync((forms.WriteAtOnce ?? forms.Write)(walk, range), ShortMilliseconds, range, from, to, cancellation);
        }
        catch (QueryFailure failure) when (forms.OthersInTheWay(failure.SqlState) && forms.WriteFree is not null)
        {
            waited = true;
        }
        var changed = await WriteAsync(forms.WriteFree!(walk, range), ShortMilliseconds, range, cancellation);
        // One pass: where the expression yields another value each time, there would be no end.
        for (var held = await LeftAsync(range, cancellation); held.Count > 0; held = await LeftAsync(range with { After = held[^1] }, cancellation))
        {
            foreach (var key in held)
            {
                var upToKey = range with { UpTo = key };
                changed += await WriteAsync(forms.Write(walk, upToKey), LongMilliseconds, upToKey, cancellation);
            }
        }
        return await CommitAsync(null, LongMilliseconds, range, from, to with { Changed = from.Changed + changed }, cancellation);
    }

    private async Task<IReadOnlyList<IReadOnlyList<string>>> LeftAsync(KeyRange range, CancellationToken cancellation)
    {
        var left = forms.Left(walk, range, Held);
        return [.. (await connection.QueryAsync(left.Sql, left.Parameters, 0, cancellation)).Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(value => value!)])];
    }

    /// <summary>The rows and the cursor, in one transaction.</summary>
    private async Task<BackfillPart> CommitAsync(StatementMessage? write, int wait, KeyRange range, BackfillPart from, BackfillPart to, CancellationToken cancellation)
    {
        StatementMessage[] before = [.. Before(range, wait)];
        var results = await connection.RunAsync([.. before, .. write is null ? [] : new[] { write }, store.Advance(name, context.Run, from, to)], true, 0, cancellation);
        return write is null ? to : to with { Changed = to.Changed + Math.Max(0, results[before.Length].Changed) };
    }

    private async Task<long> WriteAsync(StatementMessage write, int wait, KeyRange range, CancellationToken cancellation)
    {
        StatementMessage[] before = [.. Before(range, wait)];
        return Math.Max(0, (await connection.RunAsync([.. before, write], true, 0, cancellation))[before.Length].Changed);
    }

    private IEnumerable<StatementMessage> Before(KeyRange range, int wait) =>
    [
        .. forms.Begin(wait).Select(sql => new StatementMessage(sql)),
        .. context.Fence is { } fence ? [new(fence)] : Array.Empty<StatementMessage>(),
        .. forms.KeepSources(walk, range),
    ];
}
