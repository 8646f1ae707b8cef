using System.Diagnostics;
using System.Globalization;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>Another user, for programs that refuse the system's administrator.</summary>
/// <param name="Starter">The program that starts others as somebody else.</param>
internal sealed record RunAs(string Name, int User, int Group, string Starter)
{
    private static readonly string[] Starters = ["/usr/bin/setpriv", "/bin/setpriv"];

    private const string Accounts = "/etc/passwd";

    /// <summary>Null where nobody else is needed.</summary>
    /// <exception cref="SafeMigrateException">Somebody else is needed, and there is no way to be one.</exception>
    public static RunAs? Needed(IReadOnlyList<string> users)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }
        return Find(users).FirstOrDefault() is { } account && StarterPath() is { } starter
            ? new(account[0], int.Parse(account[2], CultureInfo.InvariantCulture), int.Parse(account[3], CultureInfo.InvariantCulture), starter)
            : throw new SafeMigrateException("A server of our own does not run as root, and there is no other user for it.", "run as another user, or name a scratch database with --scratch");
    }

    public ProcessStartInfo Start(string file, IReadOnlyList<string> arguments) =>
        new(Starter, [string.Create(CultureInfo.InvariantCulture, $"--reuid={User}"), string.Create(CultureInfo.InvariantCulture, $"--regid={Group}"), "--clear-groups", file, .. arguments]);

    /// <summary>Their numbers.</summary>
    public static IReadOnlyList<string> Numbers(IReadOnlyList<string> users) => [.. Find(users).Select(account => account[2])];

    private static IEnumerable<string[]> Find(IReadOnlyList<string> users)
    {
        var accounts = File.Exists(Accounts) ? File.ReadAllLines(Accounts).Select(line => line.Split(':')).Where(parts => parts.Length > 3).ToArray() : [];
        return users.Select(name => accounts.FirstOrDefault(parts => parts[0] == name)).OfType<string[]>();
    }

    private static string? StarterPath() => Starters.FirstOrDefault(File.Exists);
}
