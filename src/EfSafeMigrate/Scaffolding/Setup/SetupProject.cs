using EfSafeMigrate.Projects;
using EfSafeMigrate.Projects.Foreign;

namespace EfSafeMigrate.Scaffolding.Setup;

/// <summary>The project with the migrations, and how a command at the top of the repository names it.</summary>
/// <param name="Arguments">For a shell of any system.</param>
internal sealed record SetupProject(string Directory, string Arguments)
{
    /// <summary>What is reviewed, for the name of a hook.</summary>
    public string Kind { get; init; } = "EF Core";

    /// <summary>Files without which a commit has nothing to review, as git is asked for them.</summary>
    public string Paths { get; init; } = "'*.cs' '*.*proj'";

    /// <summary>The same as a regular expression.</summary>
    public string Pattern { get; init; } = @"\.(cs|csproj)$";

    public static SetupProject Of(string root, FoundTool found) =>
        new(root, $"--tool {found.Tool.Id}") { Kind = found.Tool.Name, Paths = "'*.sql'", Pattern = @"\.sql$" };

    /// <returns>Null where no project is named, and none has anything of EF Core's.</returns>
    /// <exception cref="SafeMigrateException">There are several.</exception>
    public static SetupProject? In(string root, ProjectRequest request)
    {
        var (project, startup) = request.Project is null && request.StartupProject is null && !Here(request.Directory) ? (Only(root), null) : Found(request);
        if (project is null)
        {
            return null;
        }
        List<string> arguments = ["--project", Below(root, Path.GetDirectoryName(project)!)];
        if (startup is not null && startup != project)
        {
            arguments.AddRange(["--startup-project", Below(root, Path.GetDirectoryName(startup)!)]);
        }
        if (request.Context is { } context)
        {
            arguments.AddRange(["--context", context]);
        }
        return new(Path.GetDirectoryName(project)!, string.Join(' ', arguments.Select(each => ShellWord.Of(each, windows: false))));
    }

    private static (string? Project, string? Startup) Found(ProjectRequest request) => ProjectFinder.Find(request);

    private static bool Here(string directory) => System.IO.Directory.EnumerateFiles(directory, "*.*proj").Any();

    private static string Below(string root, string folder) => Path.GetRelativePath(root, folder).Replace('\\', '/');

    /// <summary>Of all projects of the repository the one with a model snapshot, or with a DbContext where nothing was migrated yet.</summary>
    private static string? Only(string root)
    {
        var projects = new DirectoryInfo(root).EnumerateFiles("*.csproj", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
            .Select(file => file.FullName).Where(file => !Below(root, file).Split('/').Any(part => part is "bin" or "obj" or "node_modules")).Order(StringComparer.Ordinal).ToArray();
        var holding = Holding(projects, ": ModelSnapshot");
        holding = holding.Length > 0 ? holding : Holding(projects, ": DbContext");
        return holding switch
        {
            [var only] => only,
            [] => null,
            _ => throw new SafeMigrateException(
                $"Several projects hold migrations: {string.Join(", ", holding.Select(each => Below(root, Path.GetDirectoryName(each)!)))}.", "--project FOLDER   names one; run init again for another hook by hand"),
        };
    }

    private static string[] Holding(IEnumerable<string> projects, string words) =>
        [.. projects.Where(project => SourceFiles.OfProject(Path.GetDirectoryName(project)!).Any(file => File.ReadAllText(file).Contains(words, StringComparison.Ordinal)))];
}
