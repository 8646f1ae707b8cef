namespace EfSafeMigrate.Projects;

/// <summary>Finds the two project files by the rules of <c>dotnet ef</c>: the folder's only project, each standing in for the other.</summary>
internal static class ProjectFinder
{
    public static (string Project, string Startup) Find(ProjectRequest request)
    {
        var project = request.Project is { } given ? Named(request.Directory, given) : null;
        var startup = request.StartupProject is { } named ? Named(request.Directory, named) : null;
        var here = project is null || startup is null ? InFolder(request.Directory, required: project is null && startup is null) : null;
        return (project ?? here ?? startup!, startup ?? here ?? project!);
    }

    private static string Named(string directory, string path)
    {
        var full = Path.GetFullPath(path, directory);
        return File.Exists(full) ? full
            : Directory.Exists(full) ? InFolder(full, required: true)!
            : throw ProjectErrors.NoSuchProject(path);
    }

    private static string? InFolder(string folder, bool required) => Directory.GetFiles(folder, "*.*proj") switch
    {
        [var only] => only,
        [] when !required => null,
        [] => throw ProjectErrors.NoProjectHere(folder),
        var several when !required && several.Length > 1 => null,
        var several => throw ProjectErrors.SeveralProjects([.. several.Select(Path.GetFileName).OfType<string>()]),
    };
}
