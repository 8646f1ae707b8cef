namespace EfSafeMigrate.Updates.Rehearsals;

internal enum DefectKind
{
    /// <summary>The migration cannot be applied on a connection of its own.</summary>
    UpFails,

    /// <summary>Applied, it takes rows away that no statement names.</summary>
    UpLosesRows,

    /// <summary>Applied, something is not proved: an index, a constraint.</summary>
    NotProved,

    /// <summary>Applied, a release that runs then cannot do or read what it has to.</summary>
    BreaksRelease,

    DownFails,

    /// <summary>Undone, the schema is not what it was.</summary>
    DownLeavesSchema,

    /// <summary>Undone, rows or values are not what they were.</summary>
    DownLosesData,

    /// <summary>Undone, rows are there that were not.</summary>
    DownLeavesRows,

    SecondUpFails,

    /// <summary>Applied again, the result is another.</summary>
    SecondUpDiffers,
}

/// <summary>Something in a migration that will go wrong.</summary>
internal sealed record Defect(DefectKind Kind, string Sentence, string Next);
