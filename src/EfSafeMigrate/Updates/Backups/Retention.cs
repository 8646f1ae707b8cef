namespace EfSafeMigrate.Updates.Backups;

/// <summary>Which of the backups that stand side by side may go. The newest that is proven never goes, and nothing goes that is of another database.</summary>
internal static class Retention
{
    /// <param name="folder">Of the backup that was made now.</param>
    /// <param name="keep">How many of this database stay.</param>
    /// <returns>Oldest first.</returns>
    public static IReadOnlyList<(string Path, BackupManifest Manifest)> Surplus(string folder, BackupManifest made, int keep)
    {
        var all = Directory.GetDirectories(Path.GetDirectoryName(folder)!).Select(path => (Path: path, Manifest: BackupManifest.TryRead(path)!))
            .Where(each => each.Manifest is not null && each.Manifest.Database.Fingerprint == made.Database.Fingerprint && each.Manifest.Database.Engine == made.Database.Engine)
            .OrderByDescending(each => each.Manifest.At).ToArray();
        var newest = all.FirstOrDefault(each => each.Manifest.State == BackupState.Proven).Path;
        return [.. all.Skip(keep).Where(each => each.Path != newest && each.Path != folder).Reverse()];
    }

    /// <summary>The manifest goes first: half a backup does not look like one.</summary>
    public static void Remove(string path)
    {
        File.Delete(Path.Combine(path, BackupManifest.FileName));
        Directory.Delete(path, recursive: true);
    }
}
