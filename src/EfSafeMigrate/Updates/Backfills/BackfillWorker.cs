using System.Diagnostics;
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
    private readonly Reach reach = new(context, connection, walk);
    private readonly BatchRetry retry = new(name, walk.Spec.Table, connection, context.Engine.Backfill, context.Tell);
    private readonly BadRows bad = new(context, connection, store, name, walk);
    private bool waited;
    private TimeSpan wrote;

    /// <param name="mayGoOn">Asked before each batch.</param>
    /// <returns>The part as it stands.</returns>
    public async Task<BackfillPart> RunAsync(BackfillPart part, Func<bool> mayGoOn, CancellationToken cancellation)
    {
        while (!part.IsDone && mayGoOn())
        {
            await gate.PassAsync(cancellation);
            Steer();
            var clock = Stopwatch.StartNew();
            (waited, wrote) = (false, TimeSpan.Zero);
            var before = part.Walked;
            await retry.RunAsync(size.Current, BatchAsync, ResumeAsync, cancellation);
            if (!waited)
            {
                // Without the commit: what a batch costs however small it is does not become less by smaller ones.
                size.Took(part.Walked - before, wrote > TimeSpan.Zero ? wrote : clock.Elapsed);
            }
            context.Tell(progress.Batch(part, size.Current, clock.Elapsed, waited));
            await Task.Delay(Pause, cancellation);
        }
        return part;

        async Task<BackfillPart> BatchAsync(int rows, CancellationToken token)
        {
            var (reached, walked) = part.IsDone ? (null, 0) : await reach.FindAsync(part.Rest, rows, token);
            var range = part.Rest with { UpTo = reached ?? part.Range.UpTo };
            var to = part with { Cursor = range.UpTo, Walked = part.Walked + walked, IsDone = reached is null };
            if (!to.IsDone)
            {
                reach.LookAhead(to.Rest, size.Current, token);
            }
            try
            {
                return part.IsDone ? part : part = await WriteAsync(part, to, range, token);
            }
            catch (QueryFailure failure) when (!failure.Lost && forms.RowAtFault(failure.SqlState))
            {
                await bad.RunAsync(range, HalfAsync, SetAsideAsync, token);
                return part = await CommitAsync([], LongMilliseconds, range, part, to with { Changed = part.Changed }, token);
            }
        }

        async Task HalfAsync(KeyRange half, CancellationToken token) => part = half.IsRow
            ? part with { Changed = part.Changed + await WriteAsync(forms.Write(walk, half), LongMilliseconds, half, token) }
            : await WriteAsync(part, part with { Cursor = half.UpTo }, half, token);

        async Task SetAsideAsync(StatementMessage statement, KeyRange row, CancellationToken token)
        {
            var over = row.IsRow ? part : part with { Cursor = row.UpTo };
            await CommitAsync([statement], LongMilliseconds, row, part, over, token);
            part = over;
            context.Tell(progress.SetAside());
        }

        async Task ResumeAsync(CancellationToken token) => part = (await store.PartsAsync(name, token)).Single(each => each.Number == part.Number);
    }

    private TimeSpan Pause => gate.Tuning.PauseMilliseconds is { } tuned ? TimeSpan.FromMilliseconds(tuned) : context.Settings.Pause ?? forms.Breath;

    private void Steer()
    {
        size.Fixed = gate.Tuning.BatchSize ?? context.Settings.BatchSize;
        size.Target = gate.Tuning.TargetMilliseconds is { } tuned ? TimeSpan.FromMilliseconds(tuned) : context.Settings.Target ?? forms.Target;
    }

    private async Task<BackfillPart> WriteAsync(BackfillPart from, BackfillPart to, KeyRange range, CancellationToken cancellation)
    {
        try
        {
            return await CommitAsync([(forms.WriteAtOnce ?? forms.Write)(walk, range)], ShortMilliseconds, range, from, to, cancellation);
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
        return await CommitAsync([], LongMilliseconds, range, from, to with { Changed = from.Changed + changed }, cancellation);
    }

    private async Task<IReadOnlyList<IReadOnlyList<string>>> LeftAsync(KeyRange range, CancellationToken cancellation)
    {
        var left = forms.Left(walk, range, Held);
        return [.. (await connection.QueryAsync(left.Sql, left.Parameters, 0, cancellation)).Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(value => value!)])];
    }

    /// <summary>The rows and the cursor, in one transaction.</summary>
    private async Task<BackfillPart> CommitAsync(IReadOnlyList<StatementMessage> write, int wait, KeyRange range, BackfillPart from, BackfillPart to, CancellationToken cancellation)
    {
        StatementMessage[] before = [.. BatchTransaction.Before(forms, walk, range, wait, context.Fence)];
        var results = await connection.RunAsync([.. before, .. write, store.Advance(name, context.Run, from, to)], true, 0, cancellation);
        wrote += TimeSpan.FromMilliseconds(results.Sum(each => each.Milliseconds));
        return to with { Changed = to.Changed + results.Skip(before.Length).Take(write.Count).Sum(each => Math.Max(0, each.Changed)) };
    }

    private async Task<long> WriteAsync(StatementMessage write, int wait, KeyRange range, CancellationToken cancellation)
    {
        StatementMessage[] before = [.. BatchTransaction.Before(forms, walk, range, wait, context.Fence)];
        return Math.Max(0, (await connection.RunAsync([.. before, write], true, 0, cancellation))[before.Length].Changed);
    }
}
