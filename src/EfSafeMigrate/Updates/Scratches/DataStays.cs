using System.Net;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>Rows of the source stay on its server or on this machine, unless somebody names another one.</summary>
internal static class DataStays
{
    private static readonly string[] Here = ["localhost", "127.0.0.1", "::1", "[::1]"];

    /// <exception cref="SafeMigrateException">Rows would leave.</exception>
    public static async Task CheckAsync(ScratchChoice choice, Original original, CancellationToken cancellation)
    {
        if (choice.Place != ScratchPlace.Named || !choice.Filling.Copies || original.Forms.Host is not { } keyword)
        {
            return;
        }
        var from = await HostsAsync(original, original.ConnectionString, keyword, cancellation);
        var to = await HostsAsync(original, choice.Connection, keyword, cancellation);
        if (to.FirstOrDefault(host => !IsHere(host) && !from.Contains(host) && !choice.AllowCopyTo.Contains(host, StringComparer.OrdinalIgnoreCase)) is { } away)
        {
            throw new SafeMigrateException(
                $"Rows would be copied to {away}, which is neither the source's server nor this machine. Nothing was changed.", $"--allow-copy-to {ShellWord.Of(away)}   when that is meant", ExitCode.StoppedSafely);
        }
    }

    private static async Task<IReadOnlyList<string>> HostsAsync(Original original, string? connection, string keyword, CancellationToken cancellation) =>
        [.. ((await original.TextAsync(connection, new Dictionary<string, string>(), cancellation)).Values.GetValueOrDefault(keyword) ?? "localhost")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(WithoutPort)];

    /// <summary>A path is a socket of this machine.</summary>
    private static bool IsHere(string host) =>
        host.StartsWith('/') || host.StartsWith('@') || Here.Contains(host, StringComparer.OrdinalIgnoreCase) || host.Equals(Dns.GetHostName(), StringComparison.OrdinalIgnoreCase);

    private static string WithoutPort(string host) => host.Count(character => character == ':') == 1 ? host.Split(':')[0] : host;
}
