using System.Globalization;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>The process that a scratch database belongs to, as its name and its mark say it.</summary>
/// <param name="Begun">When the process began: its number is given to another one day.</param>
internal sealed record ScratchOwner(string Run, string Host, int Process, DateTimeOffset Begun)
{
    public const string Beginning = "safe_migrate_scratch_";

    private const string Word = "safe-migrate scratch";

    /// <summary>Where the number of a process means the same one: a container that shares its host's name has numbers of its own.</summary>
    private static readonly string Here = Numbers() is { } numbers ? $"{Operator.Host} {numbers}" : Operator.Host;

    /// <summary>What every Linux calls the numbers of the machine itself.</summary>
    private const string OfMachine = "pid:[4026531836]";

    /// <summary>Two readings of the same beginning differ by less, when the clock is set in between.</summary>
    private static readonly TimeSpan Same = TimeSpan.FromMinutes(1);

    public static ScratchOwner New()
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        return new(Operator.NewRun(), Here, self.Id, self.StartTime.ToUniversalTime());
    }

    /// <summary>At most 48 characters, none of which needs quotes.</summary>
    public string Name => $"{Beginning}{Run}_{Machine(Host)}_{Process.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>How its sessions are called on the server.</summary>
    public string Session => SessionOf(Run);

    /// <summary>Nothing of it is alive: false also when that cannot be told, as on another machine.</summary>
    public bool IsDead => IsHere && !Lives();

    public bool IsHere => Host == Here;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Word} {Run} {Process} {Begun.UtcTicks} {Host}");

    /// <summary>The mark before what was written on a database already.</summary>
    public string Before(string? said) => said is null ? ToString() : $"{this}\n{said}";

    /// <summary>What was written on a database before the mark.</summary>
    public static string? Behind(string mark) => mark.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var at ? mark[(at + 1)..] : null;

    public static string SessionOf(string run) => $"{Word} {run}";

    /// <summary>Null when the text is no mark.</summary>
    public static ScratchOwner? Parse(string? mark) =>
        mark?.StartsWith(Word + " ", StringComparison.Ordinal) == true && mark.Split('\n')[0][(Word.Length + 1)..].Split(' ', 4) is [var run, var process, var begun, var host]
            && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && long.TryParse(begun, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? new(run, host, number, new(ticks, TimeSpan.Zero)) : null;

    /// <summary>The process by the name of its database, made on this machine; null for every other name.</summary>
    public static (string Run, int Process)? OfName(string name) =>
        name.StartsWith(Beginning, StringComparison.Ordinal) && name[Beginning.Length..].Split('_') is [{ Length: 12 } run, var machine, var process]
            && machine == Machine(Here) && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (run, number) : null;

    private static string Machine(string host) => Digest.Of(host)[..8];

    /// <summary>Null where they are the machine's own, or nobody can tell.</summary>
    private static string? Numbers()
    {
        try
        {
            return OperatingSystem.IsLinux() && new FileInfo("/proc/self/ns/pid").LinkTarget is { } found && found != OfMachine ? found : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

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
