namespace EfSafeMigrate.Updates;

/// <summary>Who runs the tool.</summary>
internal static class Operator
{
    public static string Host => Environment.MachineName;

    /// <summary><c>user@host</c>.</summary>
    public static string Name => $"{Environment.UserName}@{Host}";

    /// <summary>Whether a process of this machine is alive.</summary>
    public static bool Runs(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A name that no other run has: twelve hexadecimal digits.</summary>
    public static string NewRun() => Guid.NewGuid().ToString("N")[..12];

    /// <summary>What sessions of a run are called on the server.</summary>
    public static string Mark(string run) => $"safe-migrate {run}";

    /// <summary>The run behind a session's name; null when it is none of ours.</summary>
    public static string? RunOf(string? mark) => mark?.StartsWith("safe-migrate ", StringComparison.Ordinal) == true ? mark["safe-migrate ".Length..] : null;
}
