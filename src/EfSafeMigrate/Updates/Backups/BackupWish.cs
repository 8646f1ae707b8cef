using EfSafeMigrate.Changes;
using EfSafeMigrate.Updates.Preflight;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Backups;

/// <summary>What a backup is to be.</summary>
/// <param name="Folder">Its whole path; not there yet.</param>
/// <param name="Jobs">Tables that are written and read at a time.</param>
internal sealed record BackupWish(string Folder, int Jobs)
{
    /// <summary>Where it is proved; null when it is not.</summary>
    public ScratchChoice? Proof { get; init; }

    /// <summary>The database in which it is proved is handed out: somebody goes on there.</summary>
    public bool KeepsCopy { get; init; }

    /// <summary>Given a folder: the bytes that are free there, null when nobody knows.</summary>
    public Func<string, long?> Free { get; init; } = FreeSpace.Of;
}

/// <summary>Of what it is a backup.</summary>
/// <param name="History">EF's history table.</param>
internal sealed record BackupSubject(BackedUpDatabase Database, TableName History)
{
    /// <summary>The newest migration that is applied.</summary>
    public string? Migration { get; init; }

    /// <summary>Hash of the plan that ran last.</summary>
    public string? Plan { get; init; }

    /// <summary>The manifest of a backup that nobody has looked at yet.</summary>
    public BackupManifest Manifest(string run, DateTimeOffset at) => new()
    {
        State = BackupState.Taken, Run = run, At = at, Database = Database, Migration = Migration, Plan = Plan, ToolVersion = ToolVersion.Number,
    };
}
