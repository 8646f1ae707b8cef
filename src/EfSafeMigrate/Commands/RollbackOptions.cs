using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>Everything that can be said to <c>rollback</c>.</summary>
internal sealed class RollbackOptions(CommandLineApplication command)
{
    private readonly CommandArgument migration = command.Argument("MIGRATION", "The migration to go back to, or 0 for none. Default: what was applied before the last run.");
    private readonly CommandOption to = command.Option("--to <MIGRATION>", "The same as MIGRATION.", CommandOptionType.SingleValue);
    private readonly CommandOption backup = command.Option("--backup <DIR>", "Restore this proven backup instead of undoing migrations; everything since is lost.", CommandOptionType.SingleValue);
    private readonly JobsOption jobs = new(command);

    public ProjectOptions Project { get; } = new(command, published: true);
    public DatabaseOptions Database { get; } = new(command);
    public UpdateOptions Update { get; } = new(command, forwards: false);
    public ConsentOptions Consent { get; } = new(command);
    public OutputOptions Output { get; } = new(command);

    /// <summary>As a person typed it; null for what was applied before the last run.</summary>
    public string? Named => migration.Value ?? to.Value();

    /// <summary>The folder of the backup, whole; null to undo migrations.</summary>
    public string? Backup => backup.Value() is { } folder ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) : null;

    public int Jobs => jobs.Value;

    /// <summary>Refuses a bad call before anything is built.</summary>
    public void Check()
    {
        Update.Check();
        Consent.Check();
        if (migration.Value is not null && to.HasValue())
        {
            throw new SafeMigrateException("MIGRATION and --to exclude each other.", "name the migration once");
        }
        if (new[] { migration.Value, to.Value(), backup.Value() }.Any(value => value is not null && string.IsNullOrWhiteSpace(value)))
        {
            throw new SafeMigrateException("A name is empty.", "name a migration, 0 for none, or a folder");
        }
        _ = Jobs;
    }
}
