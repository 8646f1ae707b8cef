using System.Diagnostics;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Backups;

/// <summary>A backup that a command of the team makes, such as the snapshot of a managed database: written down, and never called proven.</summary>
internal static class Attestation
{
    private const int Longest = 200;

    /// <param name="command">In the system's shell, with the tool's environment; the last line it prints names the snapshot.</param>
    /// <exception cref="SafeMigrateException">It failed.</exception>
    public static async Task<BackupManifest> RunAsync(string command, string path, BackupSubject subject, CancellationToken cancellation)
    {
        var folder = BackupFolder.Begin(path);
        try
        {
            var at = TimeProvider.System.GetUtcNow();
            var (shell, option) = OperatingSystem.IsWindows() ? ("cmd.exe", "/c") : ("/bin/sh", "-c");
            var result = await Programs.RunAsync(new ProcessStartInfo(shell, [option, command]), input: null, cancellation);
            if (result.Code != 0)
            {
                throw new SafeMigrateException(
                    $"The backup command ended with exit code {result.Code}{(Last(result.Error) is { } why ? $": {why.TrimEnd('.')}" : "")}. Nothing was written.", "run it by itself to see what is wrong", detail: result.Error);
            }
            var manifest = subject.Manifest(folder.Owner.Run, at) with { State = BackupState.Attested, Attestation = Last(result.Output), Unproven = "a command of the team made it" };
            folder.Finish(manifest);
            return manifest;
        }
        finally
        {
            folder.Remove();
        }
    }

    private static string? Last(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() is { } line ? line[..Math.Min(line.Length, Longest)] : null;
}
