using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>The statements that phases consist of, where EF has no operation for them.</summary>
internal sealed record PhaseForms
{
    /// <summary>Longest identifier, in UTF-8 bytes.</summary>
    public required int NameLimit { get; init; }

    /// <summary>Makes a statement give up when it does not get its lock; null where nobody queues behind who waits.</summary>
    public required string? LockTimeout { get; init; }

    /// <summary>What a person must know of every plan; null for nothing.</summary>
    public string? Caution { get; init; }

    /// <summary>Puts the wait back behind a migration; null where it ends with the transaction.</summary>
    public string? LockTimeoutEnds { get; init; }

    /// <summary>The annotations by which the provider builds an index without stopping writers: name and C# literal. None where the statement itself says so.</summary>
    public required IReadOnlyList<(string Name, string Value)> Concurrently { get; init; }

    /// <summary>
    /// The provider's statements for a change as SQL that says how the server has to carry them out, and that does nothing where it was done before;
    /// null where they are fine as they are. By default they are: a transaction takes back what fails.
    /// </summary>
    public Func<Change, ServerState, IReadOnlyList<string>, string?> Asserted { get; init; } = (_, _, _) => null;

    /// <summary>
    /// A foreign key changes rows by itself, on a delete, without firing a trigger: writes the rows that a trigger would have written, as long as the
    /// column of this name, which they are made from, is there. Null where triggers fire.
    /// </summary>
    public Func<BackfillSpec, string, string>? Reconcile { get; init; }

    /// <summary>Rows of a table without a key can be written in batches.</summary>
    public required bool GoesWithoutKey { get; init; }

    /// <summary>A trigger can give a value to a NOT NULL column that an INSERT leaves out; otherwise the INSERT fails before it fires.</summary>
    public bool FillsOmitted { get; init; } = true;

    /// <summary>
    /// A trigger cannot change a row that is about to be written: it writes the row once more, when that has passed the rules for NULL. So the old column may
    /// be NULL until contract, which nobody gets to see, and the provider's own alteration requires the new one there.
    /// </summary>
    public bool WritesRowsTwice { get; init; }

    /// <summary>Why no trigger may stand on a table while its release writes it, given the table in that release's model, as a clause; null when one may.</summary>
    public Func<Table, string?> RefusesTriggers { get; init; } = _ => null;

    /// <summary>A trigger keeps more than one column equal to more than one other.</summary>
    public bool Regroups { get; init; } = true;

    /// <summary>Reading the old rows for a constraint stops traffic: it is left to the contract.</summary>
    public bool ProofStopsTraffic { get; init; }

    /// <summary>Writers wait while an index is built.</summary>
    public bool BuildsStopWriters { get; init; }

    /// <summary>The same for a server of an edition, as far as that is known.</summary>
    public Func<PhaseForms, string?, PhaseForms> OfEdition { get; init; } = (forms, _) => forms;

    /// <summary>The database numbers a row behind the triggers that fill it.</summary>
    public bool NumbersRowsLate { get; init; }

    /// <summary>Triggers of one event fire in the order in which they were made; otherwise in that of their names.</summary>
    public bool FiresAsMade { get; init; }

    /// <summary>A default that is made up for a column of this type stays in the table.</summary>
    public Func<string, bool> KeepsMadeUpDefault { get; init; } = _ => true;

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

    /// <summary>Table, the column as it will be, name of the constraint that proves it.</summary>
    public required Func<TableName, Column, string, EngineVersion, NotNullForm> NotNull { get; init; }

    /// <summary>Null when the engine has no such form for this table.</summary>
    public required Func<AddForeignKey, ServerState, ConstraintForm?> ForeignKey { get; init; }

    /// <summary>Null when the engine has no such form for this table.</summary>
    public required Func<AddCheckConstraint, ServerState, ConstraintForm?> Check { get; init; }

    /// <summary>Null when the index that is built for the constraint lets writers through, and the constraint is there with it.</summary>
    public required Func<AddUniqueConstraint, ServerState, AdoptionForm?> Unique { get; init; }

    public required Func<TableName, string, Default?, string> SetDefault { get; init; }

    /// <summary>A column that may be NULL for now; on engines that leave out a default elsewhere, one with a default has it at once.</summary>
    public required Func<TableName, Column, string> AddColumn { get; init; }

    public required Func<TableName, string, string> DropConstraint { get; init; }

    /// <summary>Table, present name, new name; null when the engine cannot rename a constraint.</summary>
    public Func<TableName, string, string, string>? RenameConstraint { get; init; }

    /// <summary>
    /// A constraint that EF drops and adds for its name alone: the table with it under its present name, that name, the new one. Empty where nothing
    /// bears the name, and null where the constraint could only be made anew by reading the rows.
    /// </summary>
    public required Func<Table, string, string, string?> NewName { get; init; }

    /// <summary>How a table goes on under its old name; null when the engine has no way.</summary>
    public KeptNameForms? KeepName { get; init; }

    /// <summary>Why there is no such way, as a clause.</summary>
    public string? NoKeptName { get; init; }

    /// <summary>An interrupted build leaves an index behind that has to go first.</summary>
    public required bool BuildsLeaveRemains { get; init; }

    /// <summary>Drops an index, also an invalid one, without stopping anyone.</summary>
    public required Func<TableName, string, string> DropIndex { get; init; }

    /// <summary>Builds an index under another name without stopping writers; the provider's own statement, when there is one, tells what the model leaves out.</summary>
    public required Func<TableName, Changes.Index, string, string?, string> BuildIndex { get; init; }

    /// <summary>Table, present name, new name.</summary>
    public required Func<TableName, string, string, string> RenameIndex { get; init; }

    /// <summary>Table, name, the index that takes it from the one that has it; null where dropping and renaming are two statements of a transaction.</summary>
    public Func<TableName, string, string, string>? ReplaceIndex { get; init; }

    /// <summary>A unique index in the ordinary form, which stops writers.</summary>
    public required Func<TableName, Key, string> UniqueIndex { get; init; }

    /// <summary>A value as one of a type, where images of two types cannot be compared.</summary>
    public Func<string, string, string> Typed { get; init; } = (sql, _) => sql;

    /// <summary>An expression answers anew each time it is asked, whatever the row holds; functions that nobody knows are taken for such.</summary>
    public required Func<string, DatabaseModel, bool> AnswersAnew { get; init; }

    /// <summary>A name without quotes means its own lower-case letters.</summary>
    public bool FoldsNames { get; init; }

    /// <summary>True when equal values of the type may be stored differently, or cannot be compared by <c>=</c> at all.</summary>
    public required Func<string, bool> HasLooseEquality { get; init; }

    /// <summary>How values get another type; null where there are no phases for that.</summary>
    public ShadowForms? Shadow { get; init; }

    /// <summary>How a column gives way to the one beside it where every statement commits; null where a transaction holds the steps together.</summary>
    public ExchangeForms? Exchange { get; init; }

    /// <summary>A value every row can have, by the column's type; null when the type has none that is known.</summary>
    public required Func<string, DatabaseModel, string?> Zero { get; init; }

    /// <summary>A provider's statement in a form that does nothing where it is done already, for what no <c>Down</c> takes back.</summary>
    public Func<string, string> Again { get; init; } = sql => sql;

    /// <summary>Takes away an enum type, given its schema and name; null where the engine has none that stands by itself.</summary>
    public Func<string?, string, string>? DropEnum { get; init; }

    /// <summary>How a column takes the place of another; null where there is no way without stopping traffic.</summary>
    public SwapForms? Swap { get; init; }

    /// <summary>How a column moves to another table; null where there are no phases for that.</summary>
    public MoveForms? Move { get; init; }
}

/// <summary>Names of the objects behind one trigger: an engine with a trigger for each event needs the first three for triggers.</summary>
/// <param name="Count">The function that advances <paramref name="Counter"/>.</param>
/// <param name="Counter">The sequence or table that tells how often the old shape was written.</param>
internal sealed record ObjectNames(string Trigger, string Function, string Count, string Counter);

internal sealed record TriggerObjects(IReadOnlyList<string> Create, IReadOnlyList<string> Drop);

/// <summary>A column becomes NOT NULL without a scan under a strong lock.</summary>
/// <param name="Proof">How it is proved beforehand; null where the server reads the rows itself while traffic goes on.</param>
/// <param name="Require">Makes the column NOT NULL; none where the provider's own alteration does it.</param>
/// <param name="Relax">Undoes <paramref name="Require"/>: the announced rule stays.</param>
internal sealed record NotNullForm(NotNullProof? Proof, IReadOnlyList<string> Require, IReadOnlyList<string> Relax)
{
    /// <summary>Where the proof is what makes the column NOT NULL, and stays: the name that the server gives to such a rule by itself. Null elsewhere.</summary>
    public string? Usual { get; init; }
}

/// <param name="Announce">Holds for new rows.</param>
/// <param name="Withdraw">Takes that back.</param>
/// <param name="Prove">Reads the old rows while traffic goes on.</param>
internal sealed record NotNullProof(string Announce, string Withdraw, string Prove);

/// <summary>A constraint that holds for new rows first and is proved for the old ones later.</summary>
/// <param name="Announce">Holds for new rows.</param>
/// <param name="Prove">Reads the old rows while traffic goes on.</param>
/// <param name="Unprove">Undoes <paramref name="Prove"/>; none where the engine does not keep whether it was proved, and proves it at once.</param>
internal sealed record ConstraintForm(string Announce, string Prove, IReadOnlyList<string> Unprove)
{
    /// <summary>Fails, and does nothing else, while rows stand against it; null where it can be announced all the same.</summary>
    public string? Look { get; init; }
}

/// <summary>A unique constraint whose index is built first.</summary>
/// <param name="Away">Drops what an interrupted build leaves.</param>
/// <param name="Adopt">Makes the index the constraint's.</param>
internal sealed record AdoptionForm(string Away, string Build, string Adopt);
