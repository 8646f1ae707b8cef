using System.Security.Cryptography;

namespace EfSafeMigrate.Updates.Backups;

/// <summary>The files of a backup, and whether they are as they were written.</summary>
internal static class BackupFiles
{
    private const int Buffer = 1 << 20;

    /// <summary>Every file but the manifest, when nothing of it is only in memory.</summary>
    public static async Task<IReadOnlyList<BackupFile>> ReadAsync(string folder, CancellationToken cancellation)
    {
        List<BackupFile> files = [];
        foreach (var path in Names(folder))
        {
            using (var file = File.OpenHandle(Path.Combine(folder, path), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
            {
                await Task.Run(() => RandomAccess.FlushToDisk(file), cancellation);
            }
            files.Add(await FileAsync(folder, path, cancellation));
        }
        return files;
    }

    /// <exception cref="SafeMigrateException">A file is missing, is another, or is one that the manifest does not know.</exception>
    public static async Task CheckAsync(string folder, BackupManifest manifest, CancellationToken cancellation)
    {
        string[] there = [.. Names(folder)];
        if (there.Except(manifest.Files.Select(file => file.Path)).FirstOrDefault() is { } unknown)
        {
            throw Damaged($"`{folder}` has the file {unknown}, which its manifest does not know");
        }
        foreach (var file in manifest.Files)
        {
            if (!there.Contains(file.Path))
            {
                throw Damaged($"`{folder}` has lost the file {file.Path}");
            }
            var found = await FileAsync(folder, file.Path, cancellation);
            if (found.Bytes != file.Bytes)
            {
                throw Damaged($"{file.Path} in `{folder}` has {found.Bytes} bytes and had {file.Bytes}");
            }
            if (found != file)
            {
                throw Damaged($"{file.Path} in `{folder}` is not as it was written");
            }
        }
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(path => path is not (BackupManifest.FileName or "owner")).Order(StringComparer.Ordinal);

    private static async Task<BackupFile> FileAsync(string folder, string path, CancellationToken cancellation)
    {
        await using var file = new FileStream(Path.Combine(folder, path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, Buffer, FileOptions.SequentialScan | FileOptions.Asynchronous);
        var hash = await SHA256.HashDataAsync(file, cancellation);
#pragma warning disable CA1308 // Hexadecimal digits, not text.
        return new(path, file.Length, Convert.ToHexString(hash).ToLowerInvariant());
#pragma warning restore CA1308
    }

    private static SafeMigrateException Damaged(string clause) => new($"{clause}. Nothing was changed.", "restore another backup", ExitCode.StoppedSafely);
}
