namespace EfSafeMigrate.Changes;

/// <summary>What happened to the files of the migrations: the source and git tell it, and no operation carries it.</summary>
internal abstract record HistoryChange : Change;

/// <summary>A migration of the base branch has another content here.</summary>
/// <param name="Base">The base branch.</param>
/// <param name="Member"><c>Up</c>, <c>Down</c>, or another member of the class that they may use.</param>
internal sealed record EditedMigration(string Base, string Member) : HistoryChange
{
    /// <summary>Stands for the member where the migration is a file of SQL.</summary>
    public const string Text = "SQL";
}

/// <summary>Migrations of the base branch are not here.</summary>
/// <param name="Ids">Oldest first.</param>
/// <param name="Files">What brings them back.</param>
internal sealed record DeletedMigrations(string Base, IReadOnlyList<string> Ids, IReadOnlyList<string> Files) : HistoryChange
{
    /// <summary>The class is here; the file with its attributes, by which EF knows it, is not.</summary>
    public bool Disowned { get; init; }
}

/// <summary>A migration of the base branch has another id here.</summary>
internal sealed record RenamedMigration(string Base, string Old, IReadOnlyList<string> Files) : HistoryChange;

/// <summary>A migration stands before one that the base branch has already.</summary>
/// <param name="Later">The newest of the base branch that comes behind it.</param>
/// <param name="Merged">The later one is here too.</param>
internal sealed record LateMigration(string Base, string Later, bool Merged) : HistoryChange
{
    /// <summary>The context's snapshot.</summary>
    public string Snapshot { get; init; } = "";
}

/// <summary>What a merge left in a file for a person to decide.</summary>
internal sealed record ConflictMarkers(bool InSnapshot) : HistoryChange;

/// <summary>This branch and its base both went on from the same snapshot.</summary>
/// <param name="Missing">The base branch's migrations that are not here, oldest first.</param>
/// <param name="Added">This branch's own, oldest first.</param>
internal sealed record DivergedSnapshot(string Base, IReadOnlyList<string> Missing, IReadOnlyList<string> Added) : HistoryChange
{
    /// <summary>Git cannot bring the two together.</summary>
    public bool Conflicts { get; init; }
}

/// <summary>A migration changes the model, and the snapshot does not say so.</summary>
/// <param name="Of">The migration's id; null when nothing tells which one it was.</param>
/// <param name="What">What the snapshot lacks, as <c>Order.Tier</c>.</param>
internal sealed record SnapshotLacksMigration(string? Of, IReadOnlyList<string> What) : HistoryChange
{
    /// <summary>The base branch, when the migration is one of its own.</summary>
    public string? Base { get; init; }
}

/// <summary>The snapshot goes beyond the base branch's, and no migration does.</summary>
internal sealed record SnapshotWithoutMigration(string Base, IReadOnlyList<string> What) : HistoryChange;

/// <summary>The snapshot is not the model that the newest migration was written for.</summary>
/// <param name="Newest">The id of that migration.</param>
internal sealed record SnapshotDiffers(string Newest, IReadOnlyList<string> InSnapshot, IReadOnlyList<string> InDesigner) : HistoryChange;

/// <summary>A migration without the model that belongs to it.</summary>
internal sealed record ModellessMigration : HistoryChange;

/// <summary>A migration that changes something, and has no <c>Down</c> or an empty one.</summary>
internal sealed record DownlessMigration(bool Empty) : HistoryChange;

/// <summary>Two migrations that share what should tell them apart.</summary>
internal sealed record DuplicateMigration(string Other, Shared Shared) : HistoryChange;

internal enum Shared
{
    Timestamp,
    Name,
    Id,
}

/// <summary>The model that was built has changes that no migration holds.</summary>
/// <param name="EfVersion">The project's EF Core.</param>
internal sealed record UnmigratedModel(string Base, int Operations, string EfVersion) : HistoryChange
{
    /// <summary>EF 9 and later refuse to migrate such a model.</summary>
    public bool Refused => int.TryParse(EfVersion.Split('.')[0], out var major) && major >= 9;
}
