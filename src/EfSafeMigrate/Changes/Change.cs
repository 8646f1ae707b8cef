namespace EfSafeMigrate.Changes;

/// <summary>
/// What will happen to the schema or the data. A closed set: EF's operation names, plus what only SQL can say.
/// </summary>
internal abstract record Change
{
    public Origin Origin { get; init; } = Origin.None;

    /// <summary>True for a statement somebody wrote, false for an operation that EF's generator turns into statements.</summary>
    public bool IsWrittenSql => Origin.OperationName == "Sql";

    /// <summary>False when the command suppresses the migration's transaction.</summary>
    public bool InTransaction { get; init; } = true;

    /// <summary>The other actions of the same statement, where the engine carries all of them out as one.</summary>
    public IReadOnlyList<Change> Beside { get; init; } = [];

    /// <summary>Its place among the actions of its statement.</summary>
    public int Action { get; init; }

    /// <summary>How the statement says it is to be done.</summary>
    public Demanded? Demanded { get; init; }

    /// <summary>Where the statement begins whose procedural block it stands in: to the server that is one statement, in one transaction.</summary>
    public int? Block { get; init; }

    /// <summary>The text ends with its statement, and no semicolon ends the statement.</summary>
    public bool Unterminated { get; init; }

    /// <summary>What a person accepts of it.</summary>
    public IReadOnlyList<Waiver> Waivers { get; init; } = [];

    /// <summary>The table the change is about, when there is one.</summary>
    public virtual TableName? Target => null;

    /// <summary>The column the change is about, when there is exactly one.</summary>
    public virtual string? TargetColumn => null;
}

/// <summary>What a statement demands of the engine, which refuses when it cannot be done so.</summary>
/// <param name="Algorithm">The value of <c>ALGORITHM=</c>, in capitals.</param>
/// <param name="Lock">The value of <c>LOCK=</c>, in capitals.</param>
internal sealed record Demanded(string? Algorithm, string? Lock)
{
    /// <summary><c>ONLINE = ON</c>.</summary>
    public bool Online { get; init; }

    /// <summary><c>RESUMABLE = ON</c>.</summary>
    public bool Resumable { get; init; }
}

/// <summary>A change to one table.</summary>
internal abstract record TableChange(TableName Table) : Change
{
    public override TableName? Target => Table;
}

internal sealed record CreateTable(Table Definition) : TableChange(Definition.Name)
{
    public bool IfNotExists { get; init; }

    /// <summary>The partitioned parent in <c>PARTITION OF</c>.</summary>
    public TableName? PartitionOf { get; init; }

    /// <summary>The tables that <c>AS SELECT</c> fills the new table from.</summary>
    public IReadOnlyList<TableName> From { get; init; } = [];

    /// <summary>The tables whose shape <c>LIKE</c> copies.</summary>
    public IReadOnlyList<TableName> Like { get; init; } = [];

    /// <summary>A column that the statement lists twice.</summary>
    public string? Repeated { get; init; }

    /// <summary>Seen by its own session only.</summary>
    public bool Temporary { get; init; }
}
internal sealed record DropTable(TableName Table) : TableChange(Table)
{
    public bool Cascade { get; init; }
    public bool IfExists { get; init; }
}
internal sealed record RenameTable(TableName Table, TableName NewName) : TableChange(Table);

/// <summary>Comment or annotations of a table.</summary>
internal sealed record AlterTable(TableName Table, string What) : TableChange(Table);

/// <summary>A table option with a cost of its own, such as <c>SET LOGGED</c>, <c>SET TABLESPACE</c>, <c>CLUSTER</c>.</summary>
internal sealed record SetTableOption(TableName Table, string Option, string? Value) : TableChange(Table)
{
    /// <summary>The column of a column option such as <c>SET STATISTICS</c>.</summary>
    public string? Column { get; init; }
    public override string? TargetColumn => Column;
}

internal sealed record AddColumn(TableName Table, Column Column) : TableChange(Table)
{
    public bool IfNotExists { get; init; }

    /// <summary>Constraints written inline: <c>ADD COLUMN … UNIQUE / PRIMARY KEY / REFERENCES / CHECK</c>.</summary>
    public IReadOnlyList<Change> Inline { get; init; } = [];

    /// <summary><c>FIRST</c> or <c>AFTER column</c>; null for the last place.</summary>
    public string? Position { get; init; }

    /// <summary><c>WITH VALUES</c>: existing rows get the default although the column may be NULL.</summary>
    public bool FillsRows { get; init; }
    public override string? TargetColumn => Column.Name;
}
internal sealed record DropColumn(TableName Table, string Name) : TableChange(Table)
{
    /// <summary>A person said that nothing takes its place.</summary>
    public bool Decided { get; init; }
    public bool Cascade { get; init; }
    public bool IfExists { get; init; }
    public override string? TargetColumn => Name;
}
internal sealed record RenameColumn(TableName Table, string Name, string NewName) : TableChange(Table)
{
    /// <summary>A person said that it is the same data under a new name.</summary>
    public bool Decided { get; init; }
    public override string? TargetColumn => Name;
}

/// <param name="New">The column afterwards.</param>
/// <param name="Old">The column before, from the operation or the source model; null when unknown.</param>
internal sealed record AlterColumn(TableName Table, Column New, Column? Old) : TableChange(Table)
{
    /// <summary>The conversion in <c>USING</c>, when the statement gives one.</summary>
    public string? Using { get; init; }

    /// <summary>What the statement sets, for example <c>SET NOT NULL</c>: all there is to know when <see cref="Old"/> is null.</summary>
    public string? Clause { get; init; }

    /// <summary><c>FIRST</c> or <c>AFTER column</c>; null when the column stays where it is.</summary>
    public string? Position { get; init; }
    public override string? TargetColumn => New.Name;
    public bool ChangesType => Old is not null && !string.Equals(Old.Type, New.Type, StringComparison.OrdinalIgnoreCase);
    public bool ChangesCollation => Old is not null && Old.Collation != New.Collation;
    public bool BecomesRequired => Old is { Nullable: true } && !New.Nullable;
    public bool BecomesOptional => Old is { Nullable: false } && New.Nullable;
}

internal sealed record CreateIndex(TableName Table, Index Index) : TableChange(Table)
{
    public bool Concurrently { get; init; }
    public bool IfNotExists { get; init; }

    /// <summary><c>ON ONLY</c> a partitioned table.</summary>
    public bool Only { get; init; }
    public override string? TargetColumn => Index.Columns is [var single] ? single : null;
}

/// <param name="Table">The table, looked up in the source model when the statement does not say it; null when unknown.</param>
internal sealed record DropIndex(TableName? Table, string Name) : Change
{
    public bool Concurrently { get; init; }
    public bool IfExists { get; init; }
    public override TableName? Target => Table;
}
internal sealed record RenameIndex(TableName? Table, string Name, string NewName) : Change
{
    /// <summary>Written as <c>ALTER TABLE index RENAME TO</c>, which takes a stronger lock than <c>ALTER INDEX</c>.</summary>
    public bool ThroughTable { get; init; }
    public override TableName? Target => Table;
}

/// <param name="Index">The existing index of <c>USING INDEX</c>.</param>
internal sealed record AddPrimaryKey(TableName Table, Key Key, string? Index = null) : TableChange(Table);
internal sealed record DropPrimaryKey(TableName Table, string? Name) : TableChange(Table)
{
    public bool Cascade { get; init; }
}

/// <param name="Index">The existing index of <c>USING INDEX</c>.</param>
internal sealed record AddUniqueConstraint(TableName Table, Key Key, string? Index = null) : TableChange(Table);
internal sealed record DropUniqueConstraint(TableName Table, string Name) : TableChange(Table)
{
    public bool Cascade { get; init; }
}

/// <summary><see cref="ForeignKey.Validated"/> is false for <c>NOT VALID</c>.</summary>
internal sealed record AddForeignKey(TableName Table, ForeignKey ForeignKey) : TableChange(Table)
{
    public bool NotEnforced { get; init; }
}
internal sealed record DropForeignKey(TableName Table, string Name) : TableChange(Table);

/// <summary><see cref="CheckConstraint.Validated"/> is false for <c>NOT VALID</c>.</summary>
internal sealed record AddCheckConstraint(TableName Table, CheckConstraint Check) : TableChange(Table)
{
    public bool NotEnforced { get; init; }
}
internal sealed record DropCheckConstraint(TableName Table, string Name) : TableChange(Table);

/// <summary><c>ADD CONSTRAINT … NOT NULL column [NOT VALID]</c>, PostgreSQL 18.</summary>
internal sealed record AddNotNullConstraint(TableName Table, string? Name, string Column, bool Validated) : TableChange(Table)
{
    public override string? TargetColumn => Column;
}
internal sealed record AddExclusionConstraint(TableName Table, string? Name) : TableChange(Table)
{
    /// <summary>False for <c>NOT VALID</c>.</summary>
    public bool Validated { get; init; } = true;
}

/// <summary><c>DROP CONSTRAINT</c> of a kind the source model does not tell.</summary>
internal sealed record DropConstraint(TableName Table, string Name) : TableChange(Table)
{
    public bool Cascade { get; init; }
}
internal sealed record RenameConstraint(TableName Table, string Name, string NewName) : TableChange(Table);
internal sealed record ValidateConstraint(TableName Table, string Name) : TableChange(Table);

/// <summary><c>ALTER CONSTRAINT</c>: deferrability, or (NOT) ENFORCED.</summary>
internal sealed record AlterConstraint(TableName Table, string Name, string What) : TableChange(Table);

/// <summary>Rows that EF's <c>HasData</c> or <c>InsertData</c> adds, one by one.</summary>
internal sealed record InsertData(TableName Table, int Rows) : TableChange(Table);
internal sealed record UpdateData(TableName Table, IReadOnlyList<string> Columns, int Rows) : TableChange(Table)
{
    /// <summary>The condition that names each row, as the provider writes it; empty where nobody said.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>A value is a time with fractions of a second, as a clock gives it.</summary>
    public bool HoldsClock { get; init; }
}
internal sealed record DeleteData(TableName Table, int Rows) : TableChange(Table);

/// <summary>A set-based <c>UPDATE</c>; no filter means every row.</summary>
internal sealed record UpdateRows(TableName Table, IReadOnlyList<string> Columns, string? Where) : TableChange(Table)
{
    /// <summary>The assignments as they are written.</summary>
    public string? Values { get; init; }
}
internal sealed record DeleteRows(TableName Table, string? Where) : TableChange(Table);

/// <param name="From">The tables a <c>SELECT</c> reads; empty for <c>VALUES</c>.</param>
internal sealed record InsertRows(TableName Table, IReadOnlyList<TableName> From) : TableChange(Table)
{
    /// <summary>The query names its rows: by a LIMIT, by values, or by what is missing in the target.</summary>
    public bool Bounded { get; init; }

    /// <summary>The rows as they are written.</summary>
    public string? Values { get; init; }
}
internal sealed record Truncate(TableName Table, bool Cascade) : TableChange(Table);

internal sealed record CreateSequence(string? Schema, string Name) : Change;
internal sealed record AlterSequence(string? Schema, string Name, string What) : Change;
internal sealed record RestartSequence(string? Schema, string Name) : Change
{
    /// <summary>The number it continues at; null for its first one.</summary>
    public long? Value { get; init; }
}
internal sealed record DropSequence(string? Schema, string Name) : Change;
internal sealed record RenameSequence(string? Schema, string Name, string? NewSchema, string NewName) : Change;

internal sealed record CreateSchema(string Name) : Change;
internal sealed record DropSchema(string Name) : Change
{
    public bool Cascade { get; init; }
}
internal sealed record RenameSchema(string Name, string NewName) : Change;
internal sealed record CreateEnum(EnumType Type) : Change;
internal sealed record CreateDomain(DomainType Domain) : Change;

/// <summary><c>ALTER DOMAIN</c>; <see cref="Check"/> is the constraint that is added, when one is.</summary>
internal sealed record AlterDomain(string? Schema, string Name, string What) : Change
{
    public CheckConstraint? Check { get; init; }
}
internal sealed record AddEnumValue(string? Schema, string Type, string Value) : Change
{
    /// <summary>Placed by <c>BEFORE</c> or <c>AFTER</c>.</summary>
    public bool Positioned { get; init; }
}
internal sealed record RenameEnumValue(string? Schema, string Type, string Value, string NewValue) : Change;

/// <summary>Collation, charset or extensions of the whole database.</summary>
internal sealed record AlterDatabase(string What) : Change;
internal sealed record DropDatabase(string Name) : Change;

internal sealed record CreateView(TableName View, string Sql) : TableChange(View)
{
    public bool Materialized { get; init; }
    public bool OrReplace { get; init; }
}
internal sealed record DropView(TableName View) : TableChange(View)
{
    public bool Materialized { get; init; }
}
internal sealed record RefreshView(TableName View, bool Concurrently) : TableChange(View);

internal sealed record CreateTrigger(TableName Table, string Name) : TableChange(Table)
{
    /// <summary>The columns of <c>UPDATE OF</c>.</summary>
    public IReadOnlyList<string> Of { get; init; } = [];
}
internal sealed record DropTrigger(TableName Table, string Name) : TableChange(Table);
internal sealed record RenameTrigger(TableName Table, string Name, string NewName) : TableChange(Table);
internal sealed record ToggleTrigger(TableName Table, string Name, bool Enable) : TableChange(Table);
internal sealed record CreateFunction(string Name) : Change
{
    /// <summary>Evaluated anew for each row, as a function is that does not say otherwise.</summary>
    public bool Volatile { get; init; } = true;

    /// <summary>The body of a function in SQL.</summary>
    public string? Sql { get; init; }

    /// <summary>The statements that a call runs, in SQL or the engine's procedural language.</summary>
    public string? Body { get; init; }
}

internal sealed record AttachPartition(TableName Table, TableName Partition) : TableChange(Table)
{
    /// <summary>The text after <c>FOR VALUES</c>.</summary>
    public string? Bounds { get; init; }
    public bool IsDefault { get; init; }
}
internal sealed record DetachPartition(TableName Table, TableName Partition, bool Concurrently) : TableChange(Table);

/// <summary><c>ALTER INDEX … ATTACH PARTITION</c>.</summary>
internal sealed record AttachIndex(TableName? Table, string Index, string Partition) : Change
{
    public override TableName? Target => Table;
}

/// <param name="Index">Null when the whole table is rebuilt.</param>
internal sealed record Reindex(TableName? Table, string? Index, bool Concurrently) : Change
{
    public override TableName? Target => Table;
}
internal sealed record Vacuum(TableName? Table, bool Full) : Change
{
    public override TableName? Target => Table;
}
internal sealed record Analyze(TableName? Table) : Change
{
    public override TableName? Target => Table;
}
internal sealed record LockTable(TableName Table, string Mode) : TableChange(Table);

/// <summary>A statement about rights, statistics, publications, policies, rules or comments: <paramref name="Verb"/> names it.</summary>
internal sealed record OtherStatement(string Verb, TableName? On) : Change
{
    /// <summary>What follows the verb, kept where it matters for later changes.</summary>
    public string? Text { get; init; }
    public override TableName? Target => On;
}

/// <summary><c>SET name = value</c>, <c>SET LOCAL</c>, <c>RESET</c>.</summary>
internal record SetSetting(string Name, string? Value, bool Local) : Change;

/// <summary>The session keeps a text under a name, to run it or to make another of it later: MySQL's <c>SET @name = …</c> and <c>PREPARE</c>.</summary>
internal sealed record HoldText(string Name, string? Value) : SetSetting(Name, Value, Local: false);

/// <summary><c>BEGIN</c>, <c>COMMIT</c>, <c>ROLLBACK</c>, <c>SAVEPOINT</c> inside a migration.</summary>
internal sealed record TransactionControl(string Verb) : Change;

/// <summary>SQL that cannot be read statically; <paramref name="Why"/> says what stands in the way.</summary>
internal sealed record OpaqueSql(string Sql, string Why) : Change
{
    /// <summary>Two statements with no semicolon between them: no server takes it.</summary>
    public bool Joined { get; init; }
}

/// <summary>An operation type this version of the tool does not know.</summary>
internal sealed record UnknownOperation(string Operation) : Change;

/// <summary>An operation in source that is known only when it runs.</summary>
/// <param name="Text">The call.</param>
/// <param name="Why">What stands in the way, as a clause.</param>
internal sealed record UnreadOperation(string Operation, string Text, string Why) : Change;

/// <summary>A migration class that EF does not see; <paramref name="Missing"/> names the attribute it looks for.</summary>
internal sealed record IgnoredMigration(string Class, string Missing) : Change;

/// <summary>A migration that uses the application's own classes, which move on while it stays; <paramref name="Used"/> names one.</summary>
internal sealed record LiveModelUse(string Used) : Change;

/// <summary>A waiver of what no rule says.</summary>
internal sealed record UnusedWaiver(Waiver Waiver) : Change;

/// <summary>A waiver whose last day has passed.</summary>
internal sealed record ExpiredWaiver(Waiver Waiver) : Change;
