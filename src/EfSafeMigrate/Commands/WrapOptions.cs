using EfSafeMigrate.Updates.Scratches;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>What is done before the first step of a run: a backup, its proof, and a rehearsal.</summary>
internal sealed class WrapOptions(CommandLineApplication command)
{
    private readonly CommandOption directory = command.Option("--backup-dir <DIR>", "The folder that backups go into. Default: that of the settings, else one in your home folder.", CommandOptionType.SingleValue);
    private readonly KeepOption keep = new(command, "Keep so many backups of this database in that folder; the newest proven one always stays. Default: that of the settings, else all.");
    private readonly JobsOption jobs = new(command);
    private readonly CommandOption byCommand = command.Option("--backup-command <COMMAND>", "Let this command make a snapshot instead, and write down that it did: attested, never proven.", CommandOptionType.SingleValue);
    private readonly CommandOption skipBackup = command.Option("--skip-backup <REASON>", "Apply without a backup; the reason goes into the journal. Refused where the database is protected.", CommandOptionType.SingleValue);
    private readonly CommandOption rehearse = command.Option("--rehearse", "Rehearse also where there is nothing to lose yet.", CommandOptionType.NoValue);
    private readonly CommandOption skipRehearsal = command.Option("--skip-rehearsal <REASON>", "Apply without a rehearsal; the reason goes into the journal. Refused where the database is protected.", CommandOptionType.SingleValue);
    private readonly ScratchOptions scratch = new(command);

    /// <summary>Whole path; null for the usual one.</summary>
    public string? Directory => directory.Value() is { } path ? Path.GetFullPath(path) : null;

    public int? Keep => keep.Value;

    public int Jobs => jobs.Value;

    /// <summary>Makes the backup in place of the tool; null when none does.</summary>
    public string? Command => byCommand.Value();

    /// <summary>Why there is no backup; null when there is one.</summary>
    public string? NoBackup => ReasonOption.Said(skipBackup);

    /// <summary>Why there is no rehearsal; null when there is one.</summary>
    public string? NoRehearsal => ReasonOption.Said(skipRehearsal);

    public bool RehearsesAlways => rehearse.HasValue();

    /// <summary>Where the proof and the rehearsal are, once <see cref="Check"/> has passed.</summary>
    public ScratchChoice Scratch { get; private set; } = new(ScratchPlace.Auto, new NoRows());

    /// <summary>The rehearsal is not on what came back from the backup.</summary>
    public bool FillsScratch => scratch.Fills;

    /// <summary>Refuses a bad call before anything is built.</summary>
    public void Check(Talk talk, bool planOnly)
    {
        foreach (var option in new[] { directory, byCommand, skipBackup, skipRehearsal }.Where(option => option.HasValue() && string.IsNullOrWhiteSpace(option.Value())))
        {
            throw new SafeMigrateException($"--{option.LongName} is empty.", option == skipBackup || option == skipRehearsal ? "say why; the journal keeps it" : $"give --{option.LongName} a value, or leave it out");
        }
        if (rehearse.HasValue() && (planOnly || skipRehearsal.HasValue()))
        {
            throw new SafeMigrateException($"--rehearse and --{(planOnly ? "plan-only" : skipRehearsal.LongName)} exclude each other.", "dotnet safe-migrate rehearse   tries the migrations and applies nothing");
        }
        if (skipBackup.HasValue() && (directory.HasValue() ? directory : byCommand.HasValue() ? byCommand : null) is { } needless)
        {
            throw new SafeMigrateException($"--skip-backup and --{needless.LongName} exclude each other.", "leave out one of them");
        }
        if (skipRehearsal.HasValue() && (scratch.Fills || skipBackup.HasValue()) && scratch.Given is { } how)
        {
            throw new SafeMigrateException($"{how} says how to rehearse, and apply is told not to.", "leave out --skip-rehearsal");
        }
        _ = (Keep, Jobs);
        Scratch = scratch.Read(talk);
    }
}
