using System.Text.Json;
using EfSafeMigrate.Updates.Backups;

namespace EfSafeMigrate.Updates.Rollbacks;

/// <summary>A backup to go back to.</summary>
internal sealed record BackupChoice(string Folder, BackupManifest Manifest)
{
    private const string Proven = "backup-proven";

    /// <summary>The last that the journal says was proven, when it is still where it was.</summary>
    /// <param name="texts">The journal's entries as they stand there, oldest first.</param>
    /// <param name="to">What the database was at then: an id, or EF's word for nothing; null for any.</param>
    public static BackupChoice? Last(IEnumerable<(string Run, string Kind, string Entry)> texts, string? to)
    {
        foreach (var (_, _, entry) in texts.Reverse().Where(each => each.Kind == Proven))
        {
            using var document = JsonDocument.Parse(entry);
            if (document.RootElement.TryGetProperty("folder", out var folder) && folder.GetString() is { } path && BackupManifest.TryRead(path) is { State: BackupState.Proven } manifest
                && (to is null || (manifest.Migration ?? Undoing.Nothing) == to))
            {
                return new(path, manifest);
            }
        }
        return null;
    }

    /// <summary>Where a restore of it leads.</summary>
    public string To => Manifest.Migration ?? Undoing.Nothing;
}
