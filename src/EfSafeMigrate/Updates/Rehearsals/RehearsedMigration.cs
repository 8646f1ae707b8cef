namespace EfSafeMigrate.Updates.Rehearsals;

/// <summary>What became of one migration: up, down, and up again.</summary>
internal sealed record RehearsedMigration(PlannedUpdate Migration)
{
    public IReadOnlyList<Defect> Defects { get; init; } = [];

    /// <summary>What does not come back, and is meant not to: a sentence each.</summary>
    public IReadOnlyList<string> ByDesign { get; init; } = [];

    /// <summary>What is worth knowing and no defect.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<RehearsedCommand> Commands { get; init; } = [];

    /// <summary>What its statements took; null when it failed.</summary>
    public TimeSpan? Up { get; init; }

    /// <summary>With connecting and EF's own work, as the time behind it.</summary>
    public TimeSpan? Down { get; init; }
    public TimeSpan? Again { get; init; }

    /// <summary>Things and rows that were compared.</summary>
    public int Compared { get; init; }

    /// <summary>Deeds of releases that were done, and values that were compared.</summary>
    public int Proved { get; init; }

    /// <summary>The database is not in a state from which the next migration could be rehearsed.</summary>
    public bool EndsHere { get; init; }

    public bool IsClean => Defects.Count == 0;
}

/// <param name="Migrations">Oldest first.</param>
/// <param name="Left">What was not rehearsed because of a defect before it.</param>
internal sealed record Rehearsed(IReadOnlyList<RehearsedMigration> Migrations, IReadOnlyList<PlannedUpdate> Left)
{
    public IEnumerable<Defect> Defects => Migrations.SelectMany(migration => migration.Defects);

    public bool IsClean => Left.Count == 0 && !Defects.Any();
}
