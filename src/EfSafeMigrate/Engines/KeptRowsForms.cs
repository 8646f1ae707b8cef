using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>How a transaction fails that would take away rows of which no statement speaks.</summary>
internal sealed record KeptRowsForms
{
    /// <summary>Runs first in the transaction, given the tables whose rows a statement takes away.</summary>
    public required Func<IReadOnlyList<TableName>, string> Begin { get; init; }

    /// <summary>
    /// Runs last in the transaction, given these tables again, and texts that name tables whose schema nobody could read: fails when others
    /// have fewer rows than before.
    /// </summary>
    public required Func<IReadOnlyList<TableName>, IReadOnlyList<string>, string> Check { get; init; }

    /// <summary>The error code with which it fails.</summary>
    public required string Lost { get; init; }
}
