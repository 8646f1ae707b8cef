using EfSafeMigrate.Changes;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Engines;

/// <summary>How a column takes the place of another without stopping traffic, and a constraint adopts an index that is built already.</summary>
internal sealed record SwapForms
{
    /// <summary>By the old and the new type: both releases can read and write either, as long as the values fit the old one.</summary>
    public required Func<string, string, bool> Widens { get; init; }

    /// <summary>Locks all the tables for the rest of the transaction; it never keeps others waiting for longer than a moment, and is never in a deadlock with them.</summary>
    public required Func<IReadOnlyList<TableName>, Blocks, string> Lock { get; init; }

    /// <summary>
    /// Fails when something rests on the columns that is not among the objects named, because dropping the columns would drop it or be refused;
    /// also when one of the indexes named last is more than its name and columns say.
    /// </summary>
    public required Func<IReadOnlyList<(TableName Table, string Column)>, IReadOnlyList<string>, IReadOnlyList<string>, string> RefuseDependents { get; init; }

    /// <summary>A trigger that gives shadows of one table the values of their columns in every row that is written; one way only, and nothing is counted.</summary>
    public required Func<IReadOnlyList<ShadowSpec>, ObjectNames, TriggerObjects> Follow { get; init; }

    /// <summary>Default, sequence or identity, and comment go from one column to another, and the sequence goes on where it was.</summary>
    public required Func<TableName, string, string, string> TakeOver { get; init; }

    /// <summary>Fails when a value of the column does not fit the type.</summary>
    public required Func<TableName, string, string, string> RefuseUnfit { get; init; }

    /// <summary>Writes a column into another in every row.</summary>
    public required Func<TableName, string, string, string> FillFrom { get; init; }

    /// <summary>Tells the planner of queries what is in the columns, while traffic goes on.</summary>
    public required Func<TableName, IReadOnlyList<string>, string> Analyze { get; init; }

    /// <summary>Also drops every index and constraint of the table that the column is part of.</summary>
    public required Func<TableName, string, string> DropColumn { get; init; }

    /// <summary>Table, present name, new name.</summary>
    public required Func<TableName, string, string, string> RenameColumn { get; init; }

    /// <summary>The constraint, whether it is the primary key, and the index that it adopts and that bears its name from then on.</summary>
    public required Func<TableName, Key, bool, string, string> AdoptIndex { get; init; }

    /// <summary>A key in the ordinary form, which stops writers; true for the primary key.</summary>
    public required Func<TableName, Key, bool, string> AddKey { get; init; }

    /// <summary>A foreign key in the ordinary form, which stops writers.</summary>
    public required Func<TableName, ForeignKey, string> AddForeignKey { get; init; }

    /// <summary>An index in the ordinary form, which stops writers.</summary>
    public required Func<TableName, Index, string> CreateIndex { get; init; }

    /// <summary>The names of those indexes that are no more than their columns say.</summary>
    public IReadOnlyList<string> Plain(TableName table, IEnumerable<Index> indexes) =>
        [.. indexes.Where(index => CreateIndex(table, index) == CreateIndex(table, index with { Definition = null })).Select(index => index.Name)];
}
