namespace EfSafeMigrate.Projects;

/// <summary>Which project, as the command line says it; names as in <c>dotnet ef</c>.</summary>
internal sealed record ProjectRequest
{
    public required string Directory { get; init; }

    /// <summary>Folder of a published application, in place of a project.</summary>
    public string? From { get; init; }
    public string? Project { get; init; }
    public string? StartupProject { get; init; }
    public string? Context { get; init; }
    public string? Configuration { get; init; }
    public string? Framework { get; init; }
    public string? Runtime { get; init; }
    public bool NoBuild { get; init; }

    /// <summary>The application's environment; null to leave it to the variables that are set.</summary>
    public string? Environment { get; init; }

    /// <summary>Passed to the application after <c>--</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
