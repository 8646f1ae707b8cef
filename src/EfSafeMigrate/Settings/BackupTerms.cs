namespace EfSafeMigrate.Settings;

/// <summary>What a team says of the backups before its runs; null for what it leaves open.</summary>
internal sealed record BackupTerms
{
    public const int Most = 1000;

    /// <summary>Whole path of the folder that they go into.</summary>
    public string? Directory { get; init; }

    /// <summary>How many of a database stay.</summary>
    public int? Keep { get; init; }

    /// <param name="folder">The settings' own, from which the directory is named.</param>
    public static BackupTerms Read(SettingsSection section, string folder)
    {
        var terms = new BackupTerms
        {
            Directory = section.Text("directory") is not { } path ? null
                : string.IsNullOrWhiteSpace(path) ? throw section.Wrong("directory", "is empty", "leave it out, or name a folder") : Path.GetFullPath(path, folder),
            Keep = section.Whole("keep", 1, Most),
        };
        section.RefuseOthers();
        return terms;
    }
}

/// <summary>What a run on a protected database needs at least.</summary>
internal enum BackupNeed
{
    /// <summary>It came back whole.</summary>
    Proven,

    /// <summary>A command of the team says that it made one.</summary>
    Attested,

    /// <summary>A reason not to have one is enough.</summary>
    Skipped,
}

/// <summary>What a run on a protected database needs at least.</summary>
internal enum RehearsalNeed
{
    Passed,

    /// <summary>A reason not to have one is enough.</summary>
    Skipped,
}
