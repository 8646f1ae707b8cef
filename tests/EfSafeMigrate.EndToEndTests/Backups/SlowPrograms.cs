using EfSafeMigrate.EndToEndTests.Applying;

namespace EfSafeMigrate.EndToEndTests.Backups;

/// <summary>PostgreSQL's programs, of which one takes its time; whoever kills the tool leaves it behind.</summary>
internal static class SlowPrograms
{
    public const string Variable = "SAFE_MIGRATE_PGBIN";

    /// <param name="slow">The one that takes its time.</param>
    /// <param name="other">The one that does not.</param>
    public static async Task<string> FolderAsync(string slow, string other)
    {
        var folder = Directory.CreateTempSubdirectory("safe-migrate-slow-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        File.CreateSymbolicLink(Path.Combine(folder, other), Path.Combine(OwnServer.Programs, other));
        await File.WriteAllTextAsync(Path.Combine(folder, slow), $"#!/bin/sh\n[ \"$1\" = --version ] || sleep 6\nexec {OwnServer.Programs}/{slow} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(folder, slow), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        return folder;
    }
}
