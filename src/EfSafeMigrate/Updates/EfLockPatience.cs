using System.Diagnostics;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Preflight;

namespace EfSafeMigrate.Updates;

/// <summary>
/// EF waits for its own lock without end where that is a row; a run waits as long as it was told. Preflight has seen it free: this is for
/// whoever takes it, and dies, between then and the step.
/// </summary>
internal static class EfLockPatience
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>A lock that is no older than the step is most likely the step's own, which soon begins; its age is in whole seconds.</summary>
    private static readonly TimeSpan Own = TimeSpan.FromSeconds(30);

    /// <summary>Looks until the step has begun its first command.</summary>
    /// <returns>What EF waits for, as a sentence, when that took too long; null when it went on.</returns>
    public static async Task<string?> WaitAsync(EfLockForms forms, Query watch, TimeSpan patience, Func<bool> begun, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        while (!begun() && !cancellation.IsCancellationRequested)
        {
            if (clock.Elapsed >= patience && await HeldAsync(watch, forms, cancellation) is { } held
                && (EfLockCheck.AgeOf(held) > clock.Elapsed + TimeSpan.FromSeconds(1) || clock.Elapsed >= patience + Own))
            {
                return EfLockCheck.Spoken(held);
            }
            await Task.WhenAny(Task.Delay(Pause, cancellation));
        }
        return null;
    }

    private static async Task<IReadOnlyList<string?>?> HeldAsync(Query watch, EfLockForms forms, CancellationToken cancellation)
    {
        try
        {
            var found = await watch(forms.Held.Sql, forms.Held.Parameters, 5, cancellation);
            return found.Rows is [var held, ..] ? held : null;
        }
        catch (Exception exception) when (exception is QueryFailure or OperationCanceledException)
        {
            // The table is not there yet, or the step has ended meanwhile.
            return null;
        }
    }
}
