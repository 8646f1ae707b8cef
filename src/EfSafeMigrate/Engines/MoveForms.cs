using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>How a column moves to another table while both releases write.</summary>
internal sealed record MoveForms
{
    /// <summary>Triggers on both tables; in two parts where each statement commits, those on the new table first.</summary>
    public required Func<MoveSpec, MoveNames, IReadOnlyList<TriggerObjects>> Triggers { get; init; }

    /// <summary>The condition on rows of the parent whose children do not hold its value; writing such a row as it is makes them equal.</summary>
    public required Func<MoveSpec, string> Apart { get; init; }

    /// <summary>The old column's value once it has come back, as SQL over its row.</summary>
    public required Func<MoveSpec, string> Back { get; init; }

    /// <summary>Statements that fail and list the rows whose value has no place in the new table, or more than one; before contract, or before anything else.</summary>
    public required Func<MoveSpec, IReadOnlyList<string>, bool, IReadOnlyList<string>> Look { get; init; }

    /// <summary>The condition on rows of the old table, which are called so, whose value has no row in the new table to take it.</summary>
    public required Func<MoveSpec, string, string> Placeless { get; init; }

    /// <summary>The condition on rows of the old table that hold what stands for no value.</summary>
    public required Func<MoveSpec, string> StandsForNone { get; init; }

    /// <summary>The keys of rows of the new table to which several values would go; null where nothing moves so.</summary>
    public Func<MoveSpec, Ask>? Differing { get; init; }

    /// <summary>A column that changes with every write of a row, and by which a release sees that another wrote it; null where there is none.</summary>
    public string? RowVersion { get; init; }

    /// <summary>A child's write can reach the other children of its parent.</summary>
    public required bool ReachesSiblings { get; init; }
}

/// <param name="Parent">Of the objects on the table that is referred to.</param>
/// <param name="Child">Of those on the table that refers.</param>
/// <param name="Counted">Which of them counts the writes of the old column.</param>
internal sealed record MoveNames(ObjectNames Parent, ObjectNames Child, ObjectNames Counted);
