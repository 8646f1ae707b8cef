namespace EfSafeMigrate.Projects.Source;

/// <param name="Context">The simple name of its context; null when no attribute tells.</param>
internal sealed record SourceSnapshot(string? Context, string File);
