using System.Globalization;
using EfSafeMigrate.Projects;

namespace EfSafeMigrate.Commands;

/// <summary>Where backups of runs go.</summary>
internal static class BackupPlace
{
    /// <summary>The folder of a new backup, named after the database, the time and the run.</summary>
    /// <param name="directory">The folder that it goes into; null for one in the user's home, which belongs to no repository.</param>
    /// <exception cref="SafeMigrateException">There is no home.</exception>
    public static string Of(string? directory, LiveProject live, string run)
    {
        var database = live.Original().Forms.Server is null ? Path.GetFileNameWithoutExtension(live.Session.Server) : live.Session.Database;
        var name = string.Concat(database.Select(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' ? character : '-'));
        return Path.Combine(directory ?? Usual(), string.Create(CultureInfo.InvariantCulture, $"{name}-{TimeProvider.System.GetUtcNow().UtcDateTime:yyyyMMdd-HHmmss}-{run}"));
    }

    /// <summary>Says so where a commit might take the backup along, with every row in it.</summary>
    public static async Task WarnAsync(string folder, Talk talk, CancellationToken cancellation)
    {
        if (await Git.WouldKeepAsync(folder, cancellation))
        {
            talk.Say($"  ! {Path.GetDirectoryName(folder)} is in a git repository that does not ignore it, and a backup holds every row");
        }
    }

    private static string Usual() => Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } home
        ? Path.Combine(home, "safe-migrate", "backups")
        : throw new SafeMigrateException("Backups go into the home folder, and this user has none. Nothing was changed.", "--backup-dir DIR   names another; so does \"backup\": { \"directory\": … } in the settings", ExitCode.StoppedSafely);
}
