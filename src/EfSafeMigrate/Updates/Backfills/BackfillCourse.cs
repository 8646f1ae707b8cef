using System.Diagnostics;
using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>A backfill from its first row to the proof that every row has its value.</summary>
internal sealed class BackfillCourse(BackfillContext context, string name, BackfillSpec spec)
{
    private const int Seconds = 15;

    private readonly BackfillStore store = new(context.Control, context.Engine.Backfill.Tables);

    /// <summary>Rows of a chunk of the proof, at most.</summary>
    public int ChunkRows { get; init; } = 20_000;

    /// <exception cref="SafeMigrateException">It cannot be carried out, or a person has ended it; what was written stays.</exception>
    public async Task<BackfillOutcome> RunAsync(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var result = await new Backfill(context, name, spec).RunAsync(cancellation);
            var drained = clock.Elapsed;
            var verdict = await ProveAsync(cancellation);
            await SayAsync(verdict is Proven or NotProven { HasNothing: true } ? BackfillState.Verified : BackfillState.Drained);
            return new(spec, result.Walked, result.Changed, drained, verdict) { SetAside = await store.SetAsideAsync(name, cancellation) };
        }
        catch (BackfillCancelled)
        {
            throw new SafeMigrateException(
                $"The backfill of {spec.Table}.{spec.Column} was cancelled by hand; what it has written stays.", "the same call goes on behind the last batch", ExitCode.StoppedSafely);
        }
    }

    /// <summary>Looks at every row, whoever wrote it; nothing is written.</summary>
    public async Task<BackfillOutcome> VerifyAsync(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var verdict = await LookAsync(cancellation);
        return new(spec, 0, 0, clock.Elapsed, verdict) { OnlyLooked = true };
    }

    private async Task<BackfillVerdict> LookAsync(CancellationToken cancellation)
    {
        var walk = await BackfillWalk.FindAsync(context.Control, context.Engine, spec, cancellation);
        return await new BackfillVerification(context, await context.OpenAsync(0, cancellation), name, walk).RunAsync(cancellation);
    }

    /// <summary>Who ends it here ends it behind the last batch: the next call goes on with the proof.</summary>
    private async Task<BackfillVerdict> ProveAsync(CancellationToken cancellation)
    {
        try
        {
            return await HeldLookAsync(cancellation);
        }
        catch (Exception exception)
        {
            try
            {
                await SayAsync(exception is BackfillCancelled ? BackfillState.Cancelled : BackfillState.Failed);
            }
            catch (QueryFailure)
            {
                // What ended it keeps it from being said.
            }
            throw;
        }
    }

    /// <summary>What holds the batches holds the look at them too.</summary>
    private async Task<BackfillVerdict> HeldLookAsync(CancellationToken cancellation)
    {
        var record = await store.FindAsync(name, cancellation);
        var progress = new ProgressMeter(record!, await store.PartsAsync(name, cancellation), context.Time);
        progress.Done();
        var gate = new BackfillGate(context, store, name, progress);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var looking = gate.RunAsync(over.Token);
        try
        {
            var walk = await BackfillWalk.FindAsync(context.Control, context.Engine, spec, cancellation);
            return await new BackfillVerification(context, await context.OpenAsync(0, cancellation), name, walk) { PassAsync = gate.PassAsync, ChunkRows = ChunkRows }.RunAsync(cancellation);
        }
        finally
        {
            await over.CancelAsync();
            await looking;
        }
    }

    private async Task SayAsync(BackfillState state)
    {
        if (await store.FindAsync(name, CancellationToken.None) is { } record)
        {
            await context.Control.RunAsync(
                [.. context.Fence is { } fence ? new Protocol.StatementMessage[] { new(fence) } : [], store.Say(name, context.Run, state, record.News, context.Time.GetUtcNow())], true, Seconds, CancellationToken.None);
        }
    }
}

/// <param name="Walked">Rows that were looked at.</param>
/// <param name="Changed">Rows that were written.</param>
/// <param name="Took">Without the proof.</param>
internal sealed record BackfillOutcome(BackfillSpec Spec, long Walked, long Changed, TimeSpan Took, BackfillVerdict Verdict)
{
    /// <summary>Rows that could not be written, each with the server's sentence.</summary>
    public IReadOnlyList<(IReadOnlyList<string> Key, string Message)> SetAside { get; init; } = [];

    public bool OnlyLooked { get; init; }

    /// <summary>Every row has its value, or there is no row that could have one.</summary>
    public bool IsRight => Verdict is Proven or NotProven { HasNothing: true };

    /// <summary>Every row has its value but those that were set aside, as it was wished: no more of them, and no others as far as their keys are shown.</summary>
    public bool IsAsWished => IsRight || (Verdict is Differs differs && SetAside.Count > 0 && differs.Rows <= SetAside.Count && differs.Chunks.SelectMany(chunk => chunk.Keys).All(IsSetAside));

    /// <summary>A place changes with each write, and may stand for several rows: it names none.</summary>
    private bool IsSetAside(IReadOnlyList<string> key) => Spec.Key.Count == 0 || SetAside.Any(row => row.Key.SequenceEqual(key));

    /// <summary>What the look at the rows has shown, as a sentence.</summary>
    public string Sentence => Verdict switch
    {
        Proven proven => string.Create(CultureInfo.InvariantCulture, $"Proven: {Say.Rows(proven.Rows)} in {(proven.Chunks == 1 ? "one chunk" : $"{proven.Chunks:N0} chunks")}, each with its value{(proven.Digest is { } digest ? $"; digest {digest}" : "")}."),
        Differs differs => string.Create(CultureInfo.InvariantCulture, $"{differs.Rows:N0} {(differs.Rows == 1 ? "row of" : "rows of")} {Spec.Table} {(differs.Rows == 1 ? "has" : "have")} another {Spec.Column} than the backfill gives: {Where(differs)}."),
        NotProven not => $"Not proven: {not.Sentence}",
        _ => throw new UnreachableException(),
    };

    private static string Where(Differs differs) => string.Join("; ", differs.Chunks.Take(3).Select(chunk =>
        $"key {string.Join(", ", chunk.Keys.Take(3).Select(Spoken))}{(chunk.Compared.Differing > 3 ? " …" : "")}{Between(chunk)}")) + (differs.Chunks.Count > 3 ? $"; and {differs.Chunks.Count - 3} chunks more" : "");

    private static string Between(DifferingChunk chunk) => chunk.Compared.Range switch
    {
        { After: { } after, UpTo: { } upTo } => $" (chunk from {Spoken(after)} to {Spoken(upTo)})",
        { After: { } after } => $" (chunk behind {Spoken(after)})",
        { UpTo: { } upTo } => $" (chunk up to {Spoken(upTo)})",
        _ => "",
    };

    private static string Spoken(IReadOnlyList<string> key) => key.Count == 1 ? key[0] : $"({string.Join(", ", key)})";
}
