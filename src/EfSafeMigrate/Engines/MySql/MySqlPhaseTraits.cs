using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>In what phases differ between the two servers.</summary>
internal sealed record MySqlPhaseTraits
{
    /// <summary>How the server carries out an alteration; null for what is none.</summary>
    public required Func<Change, ServerState, Way?> WayOf { get; init; }

    /// <summary>How a statement asks for a way: the values of <c>ALGORITHM</c> and <c>LOCK</c>, or the first alone.</summary>
    public required Func<Way, IReadOnlyList<string>> Asked { get; init; }

    /// <summary>An index gets another name.</summary>
    public required Way RenamesIndexes { get; init; }

    /// <summary>A column goes, and by whether it does so with indexes of its own.</summary>
    public required Func<bool, Way> DropsIndexed { get; init; }

    /// <summary>An action of <c>ALTER TABLE</c> takes <c>IF EXISTS</c> and <c>IF NOT EXISTS</c>.</summary>
    public required bool Guards { get; init; }

    /// <summary>A trigger fills a NOT NULL column that an INSERT leaves out.</summary>
    public required bool FillsOmitted { get; init; }

    /// <summary>Text columns take a literal as their default; otherwise an expression.</summary>
    public required bool TextTakesLiterals { get; init; }
}
