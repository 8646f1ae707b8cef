using System.Globalization;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Updates.Preflight;

/// <summary>Where EF's own lock is a row, a process that was killed leaves it, and EF waits for it without end.</summary>
internal sealed class EfLockCheck : PreflightCheck
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public override string Title => "EF's own lock is free";

    public override async Task<IReadOnlyList<Objection>> CheckAsync(PreflightContext context, CancellationToken cancellation)
    {
        if (context.Forms.EfLock is not { } forms || (await context.AskAsync(forms.Exists, cancellation)).Count == 0)
        {
            return [];
        }
        var holder = await RunLock.HolderAsync(context.Work, context.Engine, cancellation);
        if (holder is { IsLate: false })
        {
            // Whoever waits for the run is told more than EF's lock tells.
            return [];
        }
        var deadline = TimeProvider.System.GetUtcNow() + context.Settings.LockWait;
        while (await context.AskAsync(forms.Held, cancellation) is [var held, ..] && !IsLeftBy(holder, held, context))
        {
            if (TimeProvider.System.GetUtcNow() >= deadline)
            {
                return [Objection.Refuse($"{Spoken(held)}.", "dotnet safe-migrate repair lock   gives it back when its owner is gone; --lock-wait SECONDS waits for it")];
            }
            await Task.Delay(Pause, cancellation);
        }
        return [];
    }

    /// <summary>The step in which a run was killed took it: whoever takes the run's place gives it back. One that is younger than the run's last sign of life has another owner.</summary>
    private static bool IsLeftBy(Holder? holder, IReadOnlyList<string?> held, PreflightContext context) =>
        holder is { Run: { } run, Silence: { } silence }
        && RunHistory.Of(context.Journal).LastOrDefault(each => each.Id == run) is { Ended: null, Open: { } step }
        && DateTimeOffset.TryParse(held[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
        && since.ToUnixTimeSeconds() >= step.At.ToUnixTimeSeconds()
        && AgeOf(held) + context.Engine.Updates.Lock.Silence >= silence;

    /// <param name="held">Since when, and its age in seconds.</param>
    public static string Spoken(IReadOnlyList<string?> held) =>
        $"EF's own lock has been held since {held[0]}, for {Say.Duration(AgeOf(held))}; EF does not write down by whom";

    public static TimeSpan AgeOf(IReadOnlyList<string?> held) =>
        TimeSpan.FromSeconds(long.TryParse(held[1], NumberStyles.Integer, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0);
}
