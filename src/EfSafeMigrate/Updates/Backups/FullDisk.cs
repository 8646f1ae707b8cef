using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Backups;

/// <summary>Whether something ended because there was no room left, whoever ran into that: this process, a program, or the server.</summary>
internal static class FullDisk
{
    /// <summary>Of Linux and macOS, of a limit on what a user or a file may take, and of Windows.</summary>
    private static readonly string[] Words = ["No space left on device", "Disk quota exceeded", "File too large", "There is not enough space on the disk"];

    public static bool IsBehind(Exception exception, BackupForms forms) =>
        exception is IOException or SafeMigrateException or QueryFailure && Said(exception) is var said && Words.Concat(forms.FullDisk).Any(word => said.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string Said(Exception exception) => exception switch
    {
        SafeMigrateException failed => $"{failed.Message}\n{failed.Detail}",
        _ => exception.Message,
    };
}
