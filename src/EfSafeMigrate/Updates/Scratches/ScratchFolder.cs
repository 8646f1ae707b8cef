using System.Globalization;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>A folder of our own among the temporary ones, which nobody else can enter; who it belongs to is in its name and in a file.</summary>
internal sealed record ScratchFolder(string Path)
{
    private const string Beginning = "safe-migrate-scratch-";
    private const string OwnerFile = "owner";

    public static ScratchFolder Make(ScratchOwner owner)
    {
        try
        {
            var made = Directory.CreateTempSubdirectory(string.Create(CultureInfo.InvariantCulture, $"{Beginning}{owner.Process}-"));
            var folder = new ScratchFolder(made.FullName);
            System.IO.File.WriteAllText(folder.File(OwnerFile), owner.ToString());
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SafeMigrateException($"No folder can be made in {System.IO.Path.GetTempPath()}: {exception.Message}", "set TMPDIR to a folder with room, or name a scratch database with --scratch");
        }
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Those whose process is dead.</summary>
    /// <param name="users">Numbers of others that folders were given to, beside the system's administrator.</param>
    public static IReadOnlyList<ScratchFolder> Left(IReadOnlyList<string> users) =>
        !Directory.Exists(System.IO.Path.GetTempPath()) ? [] : [.. Directory.GetDirectories(System.IO.Path.GetTempPath(), Beginning + "*").Select(path => new ScratchFolder(path)).Where(folder => folder.IsOurs(users) && folder.IsLeft())];

    public void Remove()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    /// <summary>
    /// Anybody may make a folder of this name where temporary ones are, with a mark of a dead process in it, and wait for what is done to it. One
    /// that only its owner can enter, and that this process entered, is this user's; the system's administrator enters every one, and asks.
    /// </summary>
    private bool IsOurs(IReadOnlyList<string> users)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        return new DirectoryInfo(Path).LinkTarget is null && System.IO.File.GetUnixFileMode(Path) == mode && (!Environment.IsPrivilegedProcess || IsOf(["0", .. users]));
    }

    private bool IsOf(IEnumerable<string> users)
    {
        using var find = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("find", [Path, "-prune", "-type", "d", "(", "-user", .. users.SelectMany(id => new[] { id, "-o", "-user" }).SkipLast(2), ")"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var found = find.StandardOutput.ReadToEnd();
        find.WaitForExit();
        return found.Length > 0;
    }

    /// <summary>A process that was killed before it wrote its name left an empty folder; a folder with anything else is not ours.</summary>
    private bool IsLeft()
    {
        try
        {
            return System.IO.File.Exists(File(OwnerFile)) ? ScratchOwner.Parse(System.IO.File.ReadAllText(File(OwnerFile))) is { IsDead: true } || IsUnsigned(File(OwnerFile))
                : !Directory.EnumerateFileSystemEntries(Path).Any() && IsOfDead();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another user's, or gone meanwhile.
            return false;
        }
    }

    private bool IsUnsigned(string file) => new FileInfo(file).Length == 0 && Directory.EnumerateFileSystemEntries(Path).Count() == 1 && IsOfDead();

    private bool IsOfDead() =>
        int.TryParse(System.IO.Path.GetFileName(Path)[Beginning.Length..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process) && !Operator.Runs(process);
}
