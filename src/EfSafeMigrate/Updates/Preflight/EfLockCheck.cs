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
        if (await RunLock.HolderAsync(context.Work, context.Engine, cancellation) is { IsLate: false })
        {
            // Whoever waits for the run is told more than EF's lock tells.
            return [];
        }
        var deadline = TimeProvider.System.GetUtcNow() + context.Settings.LockWait;
        while (await context.AskAsync(forms.Held, cancellation) is [var held, ..])
        {
            if (TimeProvider.System.GetUtcNow() >= deadline)
            {
                return [Objection.Refuse($"{Spoken(held)}.", "dotnet safe-migrate repair lock   gives it back when its owner is gone; --lock-wait SECONDS waits for it")];
            }
            await Task.Delay(Pause, cancellation);
        }
        return [];
    }

    /// <param name="held">Since when, and its age in seconds.</param>
    public static string Spoken(IReadOnlyList<string?> held) =>
        $"EF's own lock has been held since {held[0]}, for {Say.Duration(AgeOf(held))}; EF does not write down by whom";

    public static TimeSpan AgeOf(IReadOnlyList<string?> held) =>
        TimeSpan.FromSeconds(long.TryParse(held[1], NumberStyles.Integer, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0);
}
