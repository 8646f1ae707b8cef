using System.Diagnostics;
using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Backfills.Throttles;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>
/// Fills a column in the rows that were there when it began, batch by batch. Where it is stands in the database, written with each batch: whoever
/// takes it up again goes on behind the last one. Rows behind the fixed end are the trigger's, or the default's.
/// </summary>
internal sealed class Backfill(BackfillContext context, string name, BackfillSpec spec)
{
    private const int Seconds = 15;

    /// <summary>A table that takes longer to count is estimated.</summary>
    private const int CountSeconds = 5;

    /// <summary>Rows of a table that several workers may share.</summary>
    private const long Large = 200_000;
    private const int Parts = 8;

    private readonly BackfillForms forms = context.Engine.Backfill;
    private readonly BackfillStore store = new(context.Control, context.Engine.Backfill.Tables);

    /// <exception cref="SafeMigrateException">It cannot be carried out, or a person has ended it.</exception>
    /// <exception cref="QueryFailure">A batch failed for good.</exception>
    public async Task<BackfillResult> RunAsync(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        // What the engine cannot tell is refused before anything is written.
        _ = Throttle.Of(context.Settings.Throttles, context.Engine, _ => { });
        var walk = await BackfillWalk.FindAsync(context.Control, context.Engine, spec, cancellation);
        await store.CreateAsync(cancellation);
        var record = await BeginAsync(walk, cancellation);
        var parts = await store.PartsAsync(name, cancellation);
        var progress = new ProgressMeter(record, parts, context.Time);
        var gate = new BackfillGate(context, store, name, progress);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var looking = gate.RunAsync(over.Token);
        try
        {
            try
            {
                long before;
                do
                {
                    before = progress.Changed;
                    await DrainAsync(walk, parts, gate, progress, over);
                }
                // A pass that wrote nothing is the last, even when rows are left: they cannot be written.
                while (walk.Moves && progress.Changed > before && await AgainAsync(walk, cancellation) is { Count: > 0 } again && (parts = again).Count > 0);
                await new BadRows(context, context.Control, store, name, walk).TryAgainAsync(cancellation);
            }
            finally
            {
                // What the gate says of the state would stand above what is said now.
                await over.CancelAsync();
                await looking;
            }
            context.Tell(progress.Done());
            await SayAsync(BackfillState.Drained, progress);
        }
        catch (Exception exception)
        {
            await SayAsync(exception is BackfillCancelled ? BackfillState.Cancelled : BackfillState.Failed, progress);
            throw;
        }
        context.Tell(new BackfillDrained(name, progress.Walked, progress.Changed, clock.Elapsed));
        return new BackfillResult(progress.Walked, progress.Changed);
    }

    /// <summary>Takes up what an earlier run left, when it was about the same; begins anew otherwise.</summary>
    private async Task<BackfillRecord> BeginAsync(Walk walk, CancellationToken cancellation)
    {
        var checksum = Digest.Of([spec.Table.ToString(), spec.Column, spec.Expression, spec.Where ?? "", spec.NullsOnly.ToString(), spec.ByImage.ToString(), .. walk.Key.Select(key => key.Name)]);
        if (await store.FindAsync(name, cancellation) is { State: not (BackfillState.Drained or BackfillState.Verified) } left && left.Checksum == checksum)
        {
            await context.Control.RunAsync([.. Fenced(), .. store.TakeOver(name, context.Run)], true, Seconds, cancellation);
            return left with { Run = context.Run };
        }
        var last = forms.Last(walk);
        var end = (await context.Control.QueryAsync(last.Sql, last.Parameters, 0, cancellation)).Rows is [var row] ? row.Select(value => value!).ToArray() : null;
        var total = await TotalAsync(walk, end, cancellation);
        var parts = end is null ? [] : await SplitAsync(walk, end, total, cancellation);
        var record = new BackfillRecord(
            name, $"{spec.Table}.{spec.Column}", checksum, context.Run, BackfillState.Running, total, BackfillWish.Run, "{}", "", context.Time.GetUtcNow());
        await context.Control.RunAsync([.. Fenced(), .. store.Begin(record, parts)], true, Seconds, cancellation);
        return record;
    }

    /// <summary>Ranges of about the same length: as many as there are workers, and of a large table enough for workers that come later.</summary>
    private async Task<IReadOnlyList<BackfillPart>> SplitAsync(Walk walk, IReadOnlyList<string> end, long total, CancellationToken cancellation)
    {
        var count = walk.Moves || context.Engine.OneWriter ? 1 : Math.Max(context.Settings.Workers, total >= Large ? Parts : 1);
        var share = count == 1 ? 0 : total / count;
        List<BackfillPart> parts = [];
        IReadOnlyList<string>? after = null;
        for (var number = 1; number < count && share > 0; number++)
        {
            var nth = forms.Nth(walk, new(after, end), share);
            if ((await context.Control.QueryAsync(nth.Sql, nth.Parameters, 0, cancellation)).Rows is not [var row])
            {
                break;
            }
            var upTo = row.Select(value => value!).ToArray();
            parts.Add(new(number, new(after, upTo), null));
            after = upTo;
        }
        parts.Add(new(parts.Count + 1, new(after, end), null));
        return parts;
    }

    private async Task<long> TotalAsync(Walk walk, IReadOnlyList<string>? end, CancellationToken cancellation)
    {
        if (end is null)
        {
            return 0;
        }
        var count = forms.Count(walk, new(null, end));
        try
        {
            return Number((await context.Control.QueryAsync(count.Sql, count.Parameters, CountSeconds, cancellation)).Rows);
        }
        catch (QueryFailure failure) when (!failure.Lost && context.Engine.Catalogue.Sizes(spec.Table) is [var sizes, ..])
        {
            return Number((await context.Control.QueryAsync(sizes.Sql, sizes.Parameters, Seconds, cancellation)).Rows);
        }
    }

    private async Task<Connection> OpenAsync(int number, CancellationToken cancellation)
    {
        var opened = await context.OpenAsync(number, cancellation);
        await BeginAsync(cancellation);
        return opened with
        {
            ReconnectAsync = opened.ReconnectAsync is not { } again ? null : async (lost, stop) =>
            {
                await again(lost, stop);
                await BeginAsync(stop);
            },
        };

        Task BeginAsync(CancellationToken stop) => forms.Session.Count == 0 ? Task.CompletedTask : opened.RunAsync([.. forms.Session.Select(sql => new StatementMessage(sql))], false, Seconds, stop);
    }

    private Task DrainAsync(Walk walk, IReadOnlyList<BackfillPart> parts, BackfillGate gate, ProgressMeter progress, CancellationTokenSource over) =>
        new Crew(context, gate, async (number, stop) => new BackfillWorker(context, await OpenAsync(number, stop), store, name, walk, gate, progress)).RunAsync(parts.Where(part => !part.IsDone), over);

    /// <summary>Without a key rows may have moved behind the walk: another pass, up to where the table ends now; none when nothing is left.</summary>
    private async Task<IReadOnlyList<BackfillPart>> AgainAsync(Walk walk, CancellationToken cancellation)
    {
        if (!await IsLeftAsync(walk, cancellation))
        {
            return [];
        }
        var done = await store.PartsAsync(name, cancellation);
        var last = forms.Last(walk);
        var end = (await context.Control.QueryAsync(last.Sql, last.Parameters, Seconds, cancellation)).Rows[0].Select(value => value!).ToArray();
        BackfillPart[] parts = [new(1, new(null, end), null) { Walked = done.Sum(part => part.Walked), Changed = done.Sum(part => part.Changed) }];
        var record = await store.FindAsync(name, cancellation);
        await context.Control.RunAsync([.. Fenced(), .. store.Begin(record!, parts)], true, Seconds, cancellation);
        return parts;
    }

    private async Task<bool> IsLeftAsync(Walk walk, CancellationToken cancellation)
    {
        var left = forms.Left(walk, KeyRange.All, 1);
        try
        {
            return (await context.Control.QueryAsync(left.Sql, left.Parameters, 0, cancellation)).Rows.Count > 0;
        }
        catch (QueryFailure failure) when (!failure.Lost && forms.RowAtFault(failure.SqlState))
        {
            // A row that was set aside keeps the others from being looked for.
            return true;
        }
    }

    private async Task SayAsync(BackfillState state, ProgressMeter progress)
    {
        try
        {
            await context.Control.RunAsync([.. Fenced(), store.Say(name, context.Run, state, progress.Json, context.Time.GetUtcNow())], true, Seconds, CancellationToken.None);
        }
        catch (QueryFailure) when (state is not BackfillState.Drained)
        {
            // What made it fail keeps it from being said; the next run finds the cursors where they are.
        }
    }

    private IEnumerable<StatementMessage> Fenced() => context.Fence is { } fence ? [new(fence)] : [];

    private static long Number(IReadOnlyList<IReadOnlyList<string?>> rows) => rows is [[{ } text, ..]] ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
}

/// <param name="Walked">Rows that were looked at.</param>
/// <param name="Changed">Rows that were written.</param>
internal sealed record BackfillResult(long Walked, long Changed);
