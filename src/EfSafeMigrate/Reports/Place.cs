using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Reports;

/// <summary>Where a report points to.</summary>
/// <param name="File">Relative to the repository, with forward slashes; null where nothing is known.</param>
internal sealed record Place(string? File, int? Line, int? Column)
{
    /// <summary>As a person writes it: <c>src/Shop/Migrations/a.cs:18</c>.</summary>
    public string? Spoken => File is null ? null : Line is null ? File : $"{File}:{Line}";

    public static Place Of(Finding finding, ReviewedFolder folder) => finding.Origin switch
    {
        { File: { } file, Line: var line, Column: var column } => new(folder.PathOf(file), line, line is null ? null : column),
        _ => new(folder.Home is { } home ? folder.PathOf(home) : null, null, null),
    };
}
