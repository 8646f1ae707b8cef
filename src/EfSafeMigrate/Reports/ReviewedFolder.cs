namespace EfSafeMigrate.Reports;

/// <summary>Where the reviewed files stand, for reports that are read elsewhere than here.</summary>
/// <param name="Root">The repository; the working directory where there is none.</param>
/// <param name="Folder">What the files of findings are relative to.</param>
internal sealed record ReviewedFolder(string Root, string Folder)
{
    /// <summary>Stands where a file would: a text that came without one.</summary>
    public const string StandardInput = "<stdin>";

    /// <summary>The file of findings that stand in none: the snapshot, or the project; relative to the folder.</summary>
    public string? Home { get; init; }

    /// <summary>For a text: its path is one from the working directory.</summary>
    public static ReviewedFolder Here => Of(Directory.GetCurrentDirectory());

    public static ReviewedFolder Of(string folder, string? home = null) =>
        new(Repository(Path.GetFullPath(folder)) ?? Directory.GetCurrentDirectory(), Path.GetFullPath(folder)) { Home = home };

    /// <summary>From the root, with forward slashes; a file outside it has its full path.</summary>
    public string PathOf(string file)
    {
        if (file == StandardInput)
        {
            return file;
        }
        var path = Path.GetRelativePath(Root, FullPathOf(file));
        return Slashed(path.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(path) ? FullPathOf(file) : path);
    }

    public string FullPathOf(string file) => file == StandardInput ? file : Path.GetFullPath(file, Folder);

    private static string Slashed(string path) => Path.DirectorySeparatorChar == '/' ? path : path.Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>A worktree and a submodule have a file in place of the folder.</summary>
    private static string? Repository(string folder) =>
        Path.Exists(Path.Combine(folder, ".git")) ? folder
        : Path.GetDirectoryName(folder) is { } above ? Repository(above)
        : null;
}
