namespace EfSafeMigrate.Engines;

/// <summary>Programs of an engine on this machine: where they are, and how they are led to a database.</summary>
internal record ProgramForms
{
    /// <summary>Names the folder of the programs, before any other.</summary>
    public required string Variable { get; init; }

    /// <summary>Folders where they are installed; <c>*</c> is a version.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>The program that is looked for, and that says its version.</summary>
    public required string Main { get; init; }

    /// <summary>The version in what it says of itself.</summary>
    public required Func<string, string?> VersionIn { get; init; }

    /// <summary>Variables that would lead the programs elsewhere.</summary>
    public required IReadOnlyList<string> Unset { get; init; }

    /// <summary>What each keyword of a connection string is in the environment of the programs.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>The value of a keyword as the programs write it.</summary>
    public required Func<string, string, string> Value { get; init; }

    /// <summary>A sentence of what a program complains of; null for other lines.</summary>
    public required Func<string, string?> Complaint { get; init; }
}
