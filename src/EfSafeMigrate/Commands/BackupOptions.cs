using EfSafeMigrate.Updates.Backups;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>Where a backup goes, and what becomes of it.</summary>
internal sealed class BackupOptions(CommandLineApplication command)
{
    private readonly CommandOption output = command.Option("--output <DIR>", "The folder of this backup; it must not be there yet.", CommandOptionType.SingleValue).IsRequired();
    private readonly CommandOption noProof = command.Option("--no-proof", "Do not restore it into a scratch database to see that it comes back.", CommandOptionType.NoValue);
    private readonly KeepOption keep = new(command, "Afterwards, keep so many backups of this database in the folder that DIR is in; the newest proven one always stays.");
    private readonly CommandOption upload = command.Option("--upload <PLACE>", "Copy it with rclone to REMOTE:PATH, and read back what has arrived.", CommandOptionType.SingleValue);
    private readonly CommandOption byCommand = command.Option("--backup-command <COMMAND>", "Let this command make a snapshot instead, and write down that it did: attested, never proven.", CommandOptionType.SingleValue);

    public string Folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(output.Value()!));

    public bool Proves => !noProof.HasValue() && Command is null;

    public int? Keep => keep.Value;

    public Upload? Upload => upload.Value() is { } to ? new Upload(to) : null;

    public string? Command => byCommand.Value();

    /// <summary>Refuses a bad call before anything is built.</summary>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(output.Value()) || Path.GetDirectoryName(Folder) is null)
        {
            throw new SafeMigrateException("--output names no folder for the backup.", "name a new folder, for example --output backups/shop-1");
        }
        if (Command is not null && (noProof.HasValue() || upload.HasValue()))
        {
            throw new SafeMigrateException($"--backup-command and --{(noProof.HasValue() ? "no-proof" : "upload")} exclude each other.", "what a command of yours makes is neither proved nor uploaded");
        }
        _ = Keep;
        BackupFolder.CheckFree(Folder);
        await (Upload?.CheckAsync(cancellation) ?? Task.CompletedTask);
    }
}
