using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

internal enum FailureManner { Stop, Rollback, Restore }

/// <summary>What becomes of a run that fails halfway.</summary>
internal sealed class OnFailureOptions(CommandLineApplication command)
{
    private readonly CommandOption manner = command.Option("--on-failure <WHAT>", "stop, rollback or restore: what becomes of what a failed run has applied. Default: stop.", CommandOptionType.SingleValue).Among("stop", "rollback", "restore");
    private readonly CommandOption backup = command.Option("--backup <DIR>", "The proven backup that --on-failure restore brings back.", CommandOptionType.SingleValue);

    public FailureManner Manner => manner.Value()?.ToLowerInvariant() switch
    {
        null or "stop" => FailureManner.Stop,
        "rollback" => FailureManner.Rollback,
        "restore" => FailureManner.Restore,
        _ => throw new SafeMigrateException($"`--on-failure {manner.Value()}` is not known.", "say stop, rollback or restore"),
    };

    /// <summary>The folder of the backup, whole; null for the one that the run takes itself.</summary>
    public string? Backup => backup.Value() is { } folder ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) : null;

    /// <summary>Refuses a bad call before anything is built.</summary>
    public void Check()
    {
        if (backup.HasValue() && (Manner != FailureManner.Restore || string.IsNullOrWhiteSpace(backup.Value())))
        {
            throw new SafeMigrateException("--backup names the backup that --on-failure restore brings back.", "add --on-failure restore and a folder, or leave it out");
        }
    }
}
