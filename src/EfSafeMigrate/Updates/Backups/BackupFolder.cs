using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Backups;

/// <summary>
/// The folder of a backup. It is filled under another name, which says that it is not whole and whose it is, and gets its own when everything
/// in it is on the disk: a run that is killed leaves nothing that looks like a backup, and the next one clears it away.
/// </summary>
internal sealed class BackupFolder
{
    private const string Partial = ".partial-";
    private const string OwnerFile = "owner";

    private readonly string final;

    private BackupFolder(string final, ScratchOwner owner) => (this.final, Owner, Path) = (final, owner, $"{final}{Partial}{owner.Run}");

    /// <summary>Where files go as long as it is not whole.</summary>
    public string Path { get; }

    public ScratchOwner Owner { get; }

    /// <summary>Where the dump goes, a file or a folder.</summary>
    public string Dump => Of(Path);

    public static string Of(string folder) => System.IO.Path.Combine(folder, "dump");

    /// <exception cref="SafeMigrateException">There is something under this name already, or nothing can be made there.</exception>
    public static void CheckFree(string path)
    {
        if (File.Exists(path) || Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new SafeMigrateException($"`{path}` is there already, and a backup is never overwritten.", $"name a new folder, for example --output {System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path) ?? ".", "shop-2030-12-31")}");
        }
    }

    /// <exception cref="SafeMigrateException">Nothing can be made there.</exception>
    public static BackupFolder Begin(string path)
    {
        CheckFree(path);
        var folder = new BackupFolder(path, ScratchOwner.New());
        try
        {
            if (System.IO.Path.GetDirectoryName(path) is { } parent && !Directory.Exists(parent))
            {
                PrivateFiles.MakeFolder(parent);
            }
            PrivateFiles.MakeFolder(folder.Path);
            PrivateFiles.Write(System.IO.Path.Combine(folder.Path, OwnerFile), folder.Owner.ToString());
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Without its owner in it nobody would ever clear it away.
            folder.Remove();
            throw new SafeMigrateException($"No backup can be written to `{path}`: {exception.Message}", "name a folder that can be written to");
        }
    }

    /// <summary>What runs left beside it that were killed: the folder, and the name of its sessions.</summary>
    public static IEnumerable<(string Path, ScratchOwner Owner)> Left(string path)
    {
        var parent = System.IO.Path.GetDirectoryName(path)!;
        foreach (var folder in Directory.Exists(parent) ? Directory.GetDirectories(parent, $"*{Partial}*") : [])
        {
            if (OwnerOf(folder) is { IsDead: true } owner && folder.EndsWith($"{Partial}{owner.Run}", StringComparison.Ordinal))
            {
                yield return (folder, owner);
            }
        }
    }

    /// <summary>It has not got its name, so it is no backup, whatever is in it.</summary>
    public static bool IsPartial(string folder) => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(folder)).Contains(Partial, StringComparison.Ordinal);

    /// <summary>Everything is in it: gives it its manifest, and its name. Whose it is it says until then: who is killed in between leaves nothing that nobody clears away.</summary>
    public void Finish(BackupManifest manifest)
    {
        PrivateFiles.Write(System.IO.Path.Combine(Path, BackupManifest.FileName), manifest.Text);
        if (Directory.Exists(final))
        {
            Directory.Delete(final);
        }
        Directory.Move(Path, final);
        File.Delete(System.IO.Path.Combine(final, OwnerFile));
    }

    public void Remove()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private static ScratchOwner? OwnerOf(string folder)
    {
        try
        {
            var file = System.IO.Path.Combine(folder, OwnerFile);
            return File.Exists(file) ? ScratchOwner.Parse(File.ReadAllText(file)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
