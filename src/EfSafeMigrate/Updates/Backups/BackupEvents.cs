namespace EfSafeMigrate.Updates.Backups;

/// <summary>For the journal: a backup was written.</summary>
/// <param name="Folder">On the machine of whoever did it.</param>
/// <param name="Manifest">SHA-256 of its <c>manifest.json</c>.</param>
internal sealed record BackedUp(string Folder, string Manifest, BackupState State) : RunEvent
{
    public long Bytes { get; init; }

    public double Seconds { get; init; }

    /// <summary>What the team's command said of it.</summary>
    public string? Attestation { get; init; }
}

/// <summary>For the journal: a backup came back whole.</summary>
/// <param name="Scratch">The database it was restored into.</param>
internal sealed record BackupProven(string Folder, string Manifest, string Scratch) : RunEvent
{
    public int Tables { get; init; }

    public long Rows { get; init; }

    public double Seconds { get; init; }
}

/// <summary>For the journal: the database is what a backup held; what the journal said since went with the rest.</summary>
internal sealed record BackupRestored(string Folder, string Manifest) : RunEvent
{
    /// <summary>When the backup was made.</summary>
    public DateTimeOffset Of { get; init; }

    public double Seconds { get; init; }
}

/// <summary>For the journal: a run needed no backup.</summary>
/// <param name="Why">As a sentence.</param>
internal sealed record NothingToLose(string Why) : RunEvent;

/// <summary>For the journal: a run went without its backup, or its rehearsal.</summary>
internal sealed record LeftOut(string What, string Reason) : RunEvent;

/// <summary>The backup of a run, on this machine.</summary>
internal sealed record RunBackup(string Folder, BackupManifest Manifest);
