using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Projects.Foreign;

/// <summary>The files of a folder among which those of other tools stand.</summary>
internal static class ForeignFiles
{
    private const int MostFolders = 5_000;

    /// <summary>Also hidden files; a link may lead back to where it stands.</summary>
    private static readonly EnumerationOptions Everything = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>What is brought in, or written by a build: copies of migrations among it are nobody's.</summary>
    private static readonly HashSet<string> Skipped = ["bin", "obj", "node_modules", "vendor", "target", "build", "dist", "out", "venv", "__pycache__"];

    private static readonly HashSet<string> Kinds =
    [
        ".sql", ".conf", ".toml", ".properties", ".json", ".xml", ".yml", ".yaml", ".prisma", ".gradle", ".kts", ".ini", ".sequelizerc",
        ".csproj", ".js", ".cjs", ".mjs", ".ts", ".cts", ".mts", ".py", ".rb",
    ];

    public static SourceTree InFolder(string folder)
    {
        string[] files = [.. Under(folder).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Where(Matters).Order(StringComparer.Ordinal)];
        return SourceTree.Kept(folder, files, path => Read(SourceTree.TextOf, Path.Combine(folder, path)), path => Read(SourceTree.HeadOf, Path.Combine(folder, path)));
    }

    /// <summary>The folders of projects with EF Core, from the folder.</summary>
    public static IReadOnlyList<string> Projects(SourceTree tree) =>
    [
        .. tree.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(file => Path.GetDirectoryName(file)!.Replace('\\', '/')).Distinct()
            .Where(project => SourceFiles.OfProject(Path.Combine(tree.Directory, project)).Any(file => SourceTree.HeadOf(file)?.Contains(": ModelSnapshot", StringComparison.Ordinal) == true)),
    ];

    /// <summary>What may not be read tells nothing.</summary>
    private static string? Read(Func<string, string?> read, string file)
    {
        try
        {
            return read(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>True for a file that a tool's migrations or settings may stand in.</summary>
    /// <param name="path">From the folder, with forward slashes.</param>
    public static bool Matters(string path) => Kinds.Contains(Path.GetExtension(path)) && !path.Split('/')[..^1].Any(IsSkipped);

    private static bool IsSkipped(string name) => name.StartsWith('.') || Skipped.Contains(name);

    /// <summary>Level by level, so that a folder without end is looked at where migrations stand.</summary>
    private static IEnumerable<string> Under(string folder)
    {
        var waiting = new Queue<DirectoryInfo>([new(folder)]);
        for (var seen = 0; waiting.Count > 0 && seen < MostFolders; seen++)
        {
            var next = waiting.Dequeue();
            foreach (var entry in next.EnumerateFileSystemInfos("*", Everything))
            {
                if (entry is DirectoryInfo child)
                {
                    if (!IsSkipped(child.Name))
                    {
                        waiting.Enqueue(child);
                    }
                    continue;
                }
                yield return entry.FullName;
            }
        }
    }
}
