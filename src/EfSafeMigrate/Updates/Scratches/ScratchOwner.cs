using System.Globalization;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>The process that a scratch database belongs to, as its name and its mark say it.</summary>
/// <param name="Begun">When the process began: its number is given to another one day.</param>
internal sealed record ScratchOwner(string Run, string Host, int Process, DateTimeOffset Begun)
{
    public const string Beginning = "safe_migrate_scratch_";

    private const string Word = "safe-migrate scratch";

    /// <summary>Two readings of the same beginning differ by less, when the clock is set in between.</summary>
    private static readonly TimeSpan Same = TimeSpan.FromMinutes(1);

    public static ScratchOwner New()
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        return new(Guid.NewGuid().ToString("N")[..12], Operator.Host, self.Id, self.StartTime.ToUniversalTime());
    }

    /// <summary>At most 48 characters, none of which needs quotes.</summary>
    public string Name => $"{Beginning}{Run}_{Machine(Host)}_{Process.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>How its sessions are called on the server.</summary>
    public string Session => SessionOf(Run);

    /// <summary>Nothing of it is alive: false also when that cannot be told, as on another machine.</summary>
    public bool IsDead => IsHere && !Lives();

    public bool IsHere => Host == Operator.Host;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Word} {Run} {Process} {Begun.UtcTicks} {Host}");

    public static string SessionOf(string run) => $"{Word} {run}";

    /// <summary>Null when the text is no mark.</summary>
    public static ScratchOwner? Parse(string? mark) =>
        mark?.StartsWith(Word + " ", StringComparison.Ordinal) == true && mark[(Word.Length + 1)..].Split(' ', 4) is [var run, var process, var begun, var host]
            && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && long.TryParse(begun, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? new(run, host, number, new(ticks, TimeSpan.Zero)) : null;

    /// <summary>The process by the name of its database, made on this machine; null for every other name.</summary>
    public static (string Run, int Process)? OfName(string name) =>
        name.StartsWith(Beginning, StringComparison.Ordinal) && name[Beginning.Length..].Split('_') is [{ Length: 12 } run, var machine, var process]
            && machine == Machine(Operator.Host) && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (run, number) : null;

    private static string Machine(string host) => Digest.Of(host)[..8];

    private bool Lives()
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(Process);
            return !found.HasExited && (found.StartTime.ToUniversalTime() - Begun).Duration() < Same;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // Ended in between, or of another user: who cannot tell leaves it.
            return exception is not InvalidOperationException;
        }
    }
}
