using System.Diagnostics;
using System.Security.Cryptography;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Backups;

/// <summary>Copies a backup elsewhere with rclone, and reads back what has arrived: every byte, for not every place has checksums.</summary>
/// <param name="to">A place as rclone writes it, for example <c>offsite:backups</c>.</param>
internal sealed class Upload(string to)
{
    private const string Program = "rclone";

    /// <summary>Refuses a bad call before anything is built.</summary>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        if (!to.Contains(':', StringComparison.Ordinal) || to.StartsWith('-'))
        {
            throw new SafeMigrateException($"`--upload {to}` is no place that rclone knows.", "say REMOTE:PATH; rclone config   makes a remote");
        }
        try
        {
            await RunAsync(cancellation, "version");
        }
        catch (SafeMigrateException)
        {
            throw new SafeMigrateException("This machine has no rclone, by which backups are uploaded.", "apt-get install rclone, or what your system calls it");
        }
    }

    /// <returns>Where it is now.</returns>
    /// <exception cref="SafeMigrateException">It did not arrive, or not as it was sent.</exception>
    public async Task<string> RunAsync(string folder, BackupManifest manifest, CancellationToken cancellation)
    {
        var there = $"{to.TrimEnd('/')}{(to.EndsWith(':') || to.EndsWith('/') ? "" : "/")}{Path.GetFileName(folder)}";
        try
        {
            await RunAsync(cancellation, "copy", "--exclude", $"/{BackupManifest.FileName}", "--", folder, there);
            var arrived = await SumsAsync(there, cancellation);
            if (manifest.Files.FirstOrDefault(file => arrived.GetValueOrDefault(file.Path) != file.Sha256) is { } lost)
            {
                throw new SafeMigrateException($"{lost.Path} has {(arrived.ContainsKey(lost.Path) ? "other bytes there" : "not arrived")}", "");
            }
            // Last: what has arrived in part does not look like a backup.
            await RunAsync(cancellation, "copyto", "--", Path.Combine(folder, BackupManifest.FileName), $"{there}/{BackupManifest.FileName}");
            var sum = await SHA256.HashDataAsync(new MemoryStream(await File.ReadAllBytesAsync(Path.Combine(folder, BackupManifest.FileName), cancellation)), cancellation);
            if (!(await SumsAsync(there, cancellation)).GetValueOrDefault(BackupManifest.FileName, "").Equals(Convert.ToHexString(sum), StringComparison.OrdinalIgnoreCase))
            {
                throw new SafeMigrateException($"{BackupManifest.FileName} has other bytes there", "");
            }
            return there;
        }
        catch (SafeMigrateException exception)
        {
            throw new SafeMigrateException(
                $"The backup in `{folder}` is whole, and its copy in {there} is not: {exception.Message.TrimEnd('.')}.", $"rclone copy {ShellWord.Of(folder)} {ShellWord.Of(there)}   when the place is well", ExitCode.NeedsPerson, exception.Detail);
        }
    }

    private static async Task<Dictionary<string, string>> SumsAsync(string there, CancellationToken cancellation) =>
        (await RunAsync(cancellation, "hashsum", "SHA-256", "--download", "--", there)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split("  ", 2)).Where(parts => parts.Length == 2).ToDictionary(parts => parts[1].TrimEnd('\r'), parts => parts[0]);

    private static async Task<string> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        var result = await Programs.RunAsync(new ProcessStartInfo(Program, arguments), input: null, cancellation);
        return result.Code == 0 ? result.Output
            : throw new SafeMigrateException($"rclone says: {result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? $"exit code {result.Code}"}", "", detail: result.Error);
    }
}
