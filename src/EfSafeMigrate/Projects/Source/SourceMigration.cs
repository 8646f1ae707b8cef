namespace EfSafeMigrate.Projects.Source;

/// <summary>A migration's files, found by its attribute without parsing.</summary>
/// <param name="Context">The simple name of its context; null when no attribute tells.</param>
/// <param name="File">The file with <c>Up</c>.</param>
/// <param name="Designer">The file with the model after it; null when it has none.</param>
internal sealed record SourceMigration(string Id, string? Context, string File, string? Designer)
{
    /// <summary>The class that holds <c>Up</c>, without its namespace.</summary>
    public string Class { get; init; } = "";
}
