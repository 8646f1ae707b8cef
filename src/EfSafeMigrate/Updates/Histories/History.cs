using EfSafeMigrate.Projects.Repositories;

namespace EfSafeMigrate.Updates.Histories;

/// <summary>What became of a table or a column: by which migrations, written by whom, applied when.</summary>
internal sealed record History(string Project, string Context, Trail Trail)
{
    /// <summary>The commits that added the files of migrations; null where git was not to be asked.</summary>
    public IReadOnlyDictionary<string, FileOrigin>? Origins { get; init; }

    /// <summary>Why git was not to be asked, as a sentence; null where it was.</summary>
    public string? Silent { get; init; }

    /// <summary>The database that was asked; null for none.</summary>
    public string? Target { get; init; }

    /// <summary>The database has no journal.</summary>
    public bool LacksJournal { get; init; }

    /// <summary>How each migration came into the database, by its id.</summary>
    public IReadOnlyDictionary<string, Arrival> Arrivals { get; init; } = new Dictionary<string, Arrival>();

    public FileOrigin? OriginOf(TrailStep step) => FileOf(step) is { } file ? Origins?.GetValueOrDefault(file) : null;

    /// <summary>From the project's folder; null where the source was not found.</summary>
    public static string? FileOf(TrailStep step) => step.Changes.Select(change => change.Origin.File).FirstOrDefault(file => file is not null);
}
