using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>How a transaction fails that would take away rows of which no statement speaks.</summary>
internal sealed record KeptRowsForms
{
    /// <summary>Runs first in the transaction.</summary>
    public required string Begin { get; init; }

    /// <summary>Runs last in the transaction, given the tables whose rows a statement takes away: fails when others have fewer rows than before.</summary>
    public required Func<IReadOnlyList<TableName>, string> Check { get; init; }

    /// <summary>The error code with which it fails.</summary>
    public required string Lost { get; init; }
}
