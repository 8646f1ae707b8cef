using EfSafeMigrate.Updates.Backups;

namespace EfSafeMigrate.Updates.Rollbacks;

/// <summary>A backup to go back to.</summary>
internal sealed record BackupChoice(string Folder, BackupManifest Manifest)
{
    /// <summary>The last that was proven, when it is still where it was.</summary>
    /// <param name="proofs">As the journal has them, oldest first.</param>
    /// <param name="to">What the database was at then: an id, or EF's word for nothing; null for any.</param>
    public static BackupChoice? Last(IEnumerable<BackupProven> proofs, string? to) =>
        proofs.Reverse().Select(proof => BackupManifest.TryRead(proof.Folder) is { State: BackupState.Proven } manifest && manifest.Digest == proof.Manifest ? new BackupChoice(proof.Folder, manifest) : null)
            .FirstOrDefault(backup => backup is not null && (to is null || backup.To == to));

    /// <summary>Where a restore of it leads.</summary>
    public string To => Manifest.Migration ?? Undoing.Nothing;
}
