using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Engines;

/// <summary>How a rehearsal sees what a command does, and whether rows come back. Nothing of it runs on a database that anybody else uses.</summary>
internal sealed record RehearsalForms
{
    /// <summary>
    /// Asked before and after a command, in its transaction: rows of kind, number, schema (null for the connection's own), table, value. Kinds are
    /// <c>lock</c> (the engine's name of a lock that the session holds), <c>file</c> and <c>index</c> (where it is stored; NULL for what has no
    /// storage), <c>read</c> and <c>written</c> (rows so far). The number stays when a table is renamed; one that was dropped has no name.
    /// </summary>
    public required string Observation { get; init; }

    /// <summary>A lock by its name in <see cref="UpdateForms.Locks"/>, in the words of an impact; null for one that no impact speaks of.</summary>
    public Func<string, string?> Mode { get; init; } = _ => null;

    /// <summary>What a lock keeps others from.</summary>
    public Func<string, Blocks> BlocksOf { get; init; } = _ => Blocks.Nothing;

    /// <summary>The weaker of two locks has the lower number; null for the lock of a part of a table.</summary>
    public Func<string, int?> Strength { get; init; } = _ => null;

    /// <summary>Makes place for what is kept.</summary>
    public IReadOnlyList<StatementMessage> Prepare { get; init; } = [];

    /// <summary>Keeps a digest of every value of a table, by its row.</summary>
    public required Func<KeptTable, IReadOnlyList<StatementMessage>> Keep { get; init; }

    /// <summary>
    /// One row about the rows that were kept: how many were, how many are now, how many of those that were are gone, a key of one that is
    /// gone, and then for each column in how many rows its value is another, and in how many of those it is NULL now.
    /// </summary>
    public required Func<KeptTable, Ask> Compare { get; init; }

    public required Func<KeptTable, StatementMessage> Forget { get; init; }
}

/// <summary>A table whose rows are kept.</summary>
/// <param name="Number">Of the copy.</param>
/// <param name="Key">Where a row is found again; empty where the rows have no key, and each is known by all its values.</param>
/// <param name="Columns">Each by its name now, with the place it has in the copy.</param>
internal sealed record KeptTable(int Number, TableName Table, IReadOnlyList<string> Key, IReadOnlyList<KeptColumn> Columns);

/// <param name="Place">Zero-based, among the columns that were kept.</param>
internal sealed record KeptColumn(int Place, string Name);
