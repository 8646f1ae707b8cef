using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>The statements that phases consist of, where EF has no operation for them.</summary>
internal sealed record PhaseForms
{
    /// <summary>Longest identifier, in UTF-8 bytes.</summary>
    public required int NameLimit { get; init; }

    /// <summary>Makes a statement give up when it does not get its lock; ends with the transaction.</summary>
    public required string LockTimeout { get; init; }

    /// <summary>The annotation by which the provider builds an index without stopping writers: name and C# literal.</summary>
    public required (string Name, string Value) Concurrently { get; init; }

    public required Func<SyncSpec, ObjectNames, TriggerObjects> Sync { get; init; }

    /// <summary>A trigger that gives a column the SQL's value where a writer leaves it NULL.</summary>
    public required Func<Table, string, string, ObjectNames, TriggerObjects> FillNulls { get; init; }

    /// <summary>A trigger that counts writes to a column, given the column's default.</summary>
    public required Func<TableName, string, string?, ObjectNames, TriggerObjects> CountWrites { get; init; }

    /// <summary>A trigger that counts statements that write to a table.</summary>
    public required Func<TableName, ObjectNames, TriggerObjects> CountStatements { get; init; }

    /// <summary>The whole backfill as one block that commits after each batch.</summary>
    public required Func<BackfillSpec, string> Backfill { get; init; }

    /// <summary>The condition on the rows that a backfill still has to write.</summary>
    public required Func<BackfillSpec, string> Unfilled { get; init; }

    /// <summary>The condition on the rows whose column has another value than the backfill would write, where that says the same each time.</summary>
    public required Func<BackfillSpec, string> Astray { get; init; }

    /// <summary>The rows that a backfill still has to write, in one statement.</summary>
    public required Func<BackfillSpec, string> FillAtOnce { get; init; }

    /// <summary>Table, column, name of the constraint that proves it.</summary>
    public required Func<TableName, string, string, EngineVersion, NotNullForm> NotNull { get; init; }

    public required Func<TableName, string, Default?, string> SetDefault { get; init; }

    public required Func<TableName, Column, string> AddColumn { get; init; }

    public required Func<TableName, string, string> DropConstraint { get; init; }

    /// <summary>Table, present name, new name; null when the engine cannot rename a constraint.</summary>
    public Func<TableName, string, string, string>? RenameConstraint { get; init; }

    /// <summary>
    /// A view that lets a table be used under its old name and counts how often it is, given the table as it was and its new name; with all columns
    /// that are there, or with those of the model alone. Null when the engine has no such view.
    /// </summary>
    public Func<Table, TableName, bool, ObjectNames, TriggerObjects>? KeepName { get; init; }

    /// <summary>Drops an index, also an invalid one, without stopping anyone.</summary>
    public required Func<TableName, string, string> DropIndex { get; init; }

    /// <summary>Builds an index under another name without stopping writers; the provider's own statement, when there is one, tells what the model leaves out.</summary>
    public required Func<TableName, Changes.Index, string, string?, string> BuildIndex { get; init; }

    /// <summary>Table, present name, new name.</summary>
    public required Func<TableName, string, string, string> RenameIndex { get; init; }

    /// <summary>A unique index in the ordinary form, which stops writers.</summary>
    public required Func<TableName, Key, string> UniqueIndex { get; init; }

    /// <summary>True when equal values of the type may be stored differently, or cannot be compared by <c>=</c> at all.</summary>
    public required Func<string, bool> HasLooseEquality { get; init; }

    /// <summary>A value every row can have, by the column's type; null when the type has none that is known.</summary>
    public required Func<string, DatabaseModel, string?> Zero { get; init; }
}

/// <summary>Names of the objects behind one trigger.</summary>
/// <param name="Count">The function that advances <paramref name="Counter"/>.</param>
/// <param name="Counter">The sequence that tells how often the old shape was written.</param>
internal sealed record ObjectNames(string Trigger, string Function, string Count, string Counter);

internal sealed record TriggerObjects(IReadOnlyList<string> Create, IReadOnlyList<string> Drop);

/// <summary>A column becomes NOT NULL without a scan under a strong lock.</summary>
/// <param name="Announce">Holds for new rows.</param>
/// <param name="Withdraw">Takes that back.</param>
/// <param name="Prove">Reads the old rows while traffic goes on.</param>
/// <param name="Require">Makes the column NOT NULL, now that it is proved.</param>
/// <param name="Relax">Undoes <paramref name="Require"/>: the announced rule stays.</param>
internal sealed record NotNullForm(string Announce, string Withdraw, string Prove, IReadOnlyList<string> Require, IReadOnlyList<string> Relax);
