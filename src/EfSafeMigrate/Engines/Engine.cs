using System.Collections.Immutable;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>Everything the tool knows of one database engine, as a value.</summary>
internal sealed record Engine
{
    private readonly UpdateForms? updates;
    private readonly BackfillForms? backfill;
    private readonly SchemaForms? schema;
    private readonly LiveSchemaForms? live;
    private readonly RehearsalForms? rehearsals;
    private readonly ScriptForms? scripts;
    private readonly BackupForms? backups;

    /// <summary>Stable id, for example <c>postgresql</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name a person reads.</summary>
    public required string Name { get; init; }

    /// <summary>EF provider assemblies that talk to this engine.</summary>
    public required IReadOnlyList<string> Providers { get; init; }

    /// <summary>What other tools' settings call it: the scheme of a URL, a dialect, a provider.</summary>
    public IReadOnlyList<string> KnownAs { get; init; } = [];

    /// <summary>Several statements that reach the server as one text are one transaction.</summary>
    public bool BatchesAreTransactions { get; init; }

    /// <summary>Those of them whose major version is not that of the EF Core they are made for.</summary>
    public IReadOnlyList<string> ProvidersWithOwnVersions { get; init; } = [];

    /// <summary>What the provider makes of operations that are read from source.</summary>
    public required ProviderForms Provider { get; init; }

    /// <summary>What tests of migrations are made of.</summary>
    public required TestForms Tests { get; init; }

    /// <summary>How its servers are told from those of other engines behind the same provider; null when the provider has no other.</summary>
    public Recognition? Recognition { get; init; }

    /// <summary>The version assumed when the server is not asked.</summary>
    public required EngineVersion Assumed { get; init; }

    /// <summary>What the engine does with a change; null when the change is not modelled.</summary>
    public required Func<Change, ServerState, Impact?> ImpactOf { get; init; }

    /// <summary>Quotes an identifier; the one method that does so for this engine.</summary>
    public required Func<string, string> Quote { get; init; }

    /// <summary>Rows, or megabytes of heap, that the engine gets through in a second; order of magnitude.</summary>
    public required Rates Rates { get; init; }

    /// <summary>What a whole-table lock means for others: on SQLite one writer holds the whole file.</summary>
    public bool OneWriter { get; init; }

    /// <summary>True when the provider alters a table by copying it into a new one, where the engine has no statement for the change.</summary>
    public bool RebuildsTables { get; init; }

    /// <summary>Each statement that defines something commits what came before it, and itself: why that is believed; null where none does.</summary>
    public Basis? CommitsEachChange { get; init; }

    /// <summary>The rows stand in the order of the primary key: another key writes them anew.</summary>
    public bool ClustersByKey { get; init; }

    /// <summary>An alteration can write the whole table anew while traffic goes on.</summary>
    public bool RebuildsInPlace { get; init; }

    /// <summary>A column is altered by restating all of it, and what is left out is gone: why that is believed; null where it stays.</summary>
    public Basis? RestatesColumns { get; init; }

    /// <summary>The provider gives NULLs the default, in a statement of its own, before the column becomes required.</summary>
    public bool FillsNulls { get; init; } = true;

    /// <summary>A constraint that was added without a look at the rows can be proved later while writers go on.</summary>
    public bool ProvesLater { get; init; }

    /// <summary>The text column whose new length is stored in another way than the old one; null for every other change.</summary>
    public Func<AlterColumn, ServerState, Widening?> WideningOf { get; init; } = (_, _) => null;

    /// <summary>The values that a column type lists; null for every other type.</summary>
    public Func<string, ValueList?> ValuesOf { get; init; } = _ => null;

    /// <summary>True when a view over one table takes INSERT, UPDATE and DELETE without a trigger.</summary>
    public bool ViewsTakeWrites { get; init; }

    /// <summary>True when a unique index takes two rows with NULL for equal.</summary>
    public bool NullsAreEqual { get; init; }

    /// <summary>True when the provider drops the indexes of a column it alters and builds them again, whether the engine needs that or not.</summary>
    public bool RebuildsIndexesOfAlteredColumns { get; init; }

    /// <summary>The editions of the server that do what others do not, as a person lists them; null when there is only one.</summary>
    public string? FullEditions { get; init; }

    /// <summary>The rows of a table as a new table, given the names of both, quoted.</summary>
    public Func<string, string, string> CopyOfTable { get; init; } = (table, copy) => $"CREATE TABLE {copy} AS SELECT * FROM {table}";

    /// <summary>True for a default that has another value in each row, given the schema with its functions.</summary>
    public Func<Default, DatabaseModel, bool> DiffersByRow { get; init; } = (given, _) => !given.Constant;

    /// <summary>The type whose text is compared without case; null where there is none.</summary>
    public string? CaselessText { get; init; }

    /// <summary>The type of documents that cannot be compared, and the one that can; null where every type can.</summary>
    public (string Plain, string Comparable)? Documents { get; init; }

    /// <summary>What becomes of an index over several columns when one of them is dropped, as a predicate; null where the drop is refused.</summary>
    public string? IndexWithoutColumn { get; init; }

    /// <summary>How the server is asked about itself and its tables.</summary>
    public required Catalogue Catalogue { get; init; }

    /// <summary>How the data is asked whether it stands in the way.</summary>
    public required Probes Probes { get; init; }


    /// <summary>The forms of a change that let traffic through.</summary>
    public OnlineForms Online { get; init; } = OnlineForms.None;

    /// <summary>How long a name may be; null when any length is.</summary>
    public NameLimit? Names { get; init; }

    /// <summary>Advice on the design of tables.</summary>
    public DesignForms Design { get; init; } = DesignForms.None;

    /// <summary>What bounds the wait for a lock; null where nobody waits, or nothing bounds it.</summary>
    public LockWaiting? Waiting { get; init; }

    /// <summary>What else a session can set for the good of others.</summary>
    public IReadOnlyList<SessionSetting> Session { get; init; } = [];

    /// <summary>What the server of a version does wrong with a change.</summary>
    public Func<Change, EngineVersion, Flaw?> FlawOf { get; init; } = (_, _) => null;

    /// <summary>What a change is for that is read and forgotten inside a transaction; null for every other.</summary>
    public Func<Change, string?> IgnoredInTransaction { get; init; } = _ => null;

    /// <summary>The server builds the index of a foreign key by itself.</summary>
    public bool IndexesForeignKeys { get; init; }

    /// <summary>What phases are made of; null when there are none.</summary>
    public PhaseForms? Phases { get; init; }

    /// <summary>Why there are no phases, or none unless somebody asks for them, as a clause; null where they are the rule.</summary>
    public string? NoPhases { get; init; }

    /// <summary>Changes come in phases without being asked for.</summary>
    public bool PhasesByItself => Phases is not null && NoPhases is null;

    /// <summary>True when opening a connection makes a database that is not there.</summary>
    public bool OpeningCreates { get; init; }

    /// <summary>How migrations are carried out on it; asking an engine that is only reviewed is a refusal.</summary>
    public UpdateForms Updates
    {
        get => updates ?? throw new SafeMigrateException($"Runs on {Name} are not supported yet.", "Review the migration, and apply it with dotnet ef database update");
        init => updates = value;
    }

    public bool HasUpdates => updates is not null;

    public bool HasScripts => scripts is not null;

    /// <summary>How migrations are written as files for its own client; asking an engine without it is a refusal.</summary>
    public ScriptForms Scripts
    {
        get => scripts ?? throw new SafeMigrateException($"Scripts for {Name} are not supported yet.", "dotnet ef migrations script   writes EF's own");
        init => scripts = value;
    }

    /// <summary>How rows are written in batches, which needs nothing of <see cref="Updates"/>; asking an engine without it is a refusal.</summary>
    public BackfillForms Backfill
    {
        get => backfill ?? throw new SafeMigrateException($"Backfills on {Name} are not supported yet.", "Write the rows in batches of your own, and commit after each");
        init => backfill = value;
    }

    public bool HasBackfill => backfill is not null;

    /// <summary>How what is there is told from what was there; asking an engine that is only reviewed is a refusal.</summary>
    public SchemaForms Schema
    {
        get => schema ?? throw new SafeMigrateException($"Databases of {Name} cannot be compared yet.", "Compare them with a tool of the engine's own");
        init => schema = value;
    }

    /// <summary>How the tables that are there are compared with a model; asking an engine without it is a refusal.</summary>
    public LiveSchemaForms Live
    {
        get => live ?? throw new SafeMigrateException($"Schemas on {Name} cannot be compared with a model yet.", "compare a dump of the schema with one of a database that the migrations made");
        init => live = value;
    }

    /// <summary>How migrations are rehearsed; asking an engine that is only reviewed is a refusal.</summary>
    public RehearsalForms Rehearsals
    {
        get => rehearsals ?? throw new SafeMigrateException($"Rehearsals on {Name} are not supported yet.", "Apply and undo the migrations on a copy of the database by hand");
        init => rehearsals = value;
    }

    /// <summary>How it is backed up; asking an engine without it is a refusal.</summary>
    public BackupForms Backups
    {
        get => backups ?? throw new SafeMigrateException($"Backups of {Name} are not supported yet.", "back it up with its own tools; backup --backup-command CMD   writes down that you did");
        init => backups = value;
    }

    public bool HasBackups => backups is not null;

    /// <summary>The statements of a backup and of its restore, given the database and a file of the server; never run here. Null where the tool backs up itself.</summary>
    public Func<string, string, string>? BackupByHand { get; init; }

    /// <summary>Databases of our own; null where the tool makes none.</summary>
    public ScratchForms? Scratch { get; init; }

    /// <summary>What tells that others need the server for themselves.</summary>
    public ThrottleForms Throttles { get; init; } = ThrottleForms.None;

    /// <summary>What is asked while a run is watched; nothing where there is only one process to ask.</summary>
    public IReadOnlyList<MonitoringQuery> Monitoring { get; init; } = [];

    /// <summary>What its versions, and those of its providers, do with versions of EF Core.</summary>
    public IReadOnlyList<Incompatibility> Incompatibilities { get; init; } = [];

    public string QuoteTable(TableName table) =>
        table.Schema is null ? Quote(table.Name) : $"{Quote(table.Schema)}.{Quote(table.Name)}";
}

/// <param name="From">The most bytes a value could take.</param>
/// <param name="To">The most bytes it can take.</param>
/// <param name="Type">The longest type that is stored like the old one.</param>
internal sealed record Widening(long From, long To, string Type);

/// <param name="Several">A value of the column is any number of them.</param>
/// <param name="Bytes">The bytes it takes in a row.</param>
internal sealed record ValueList(bool Several, IReadOnlyList<string> Values, int Bytes);

/// <summary>Rows per second by kind of work; measured on two slow cores, so real servers are seldom slower.</summary>
internal sealed record Rates(long Scan, long IndexBuild, long Rewrite, long RowChanges);

/// <summary>What the engine's answer depends on beyond the change itself.</summary>
/// <param name="Model">The schema at the moment the change runs.</param>
internal sealed record ServerState(EngineVersion Version, DatabaseModel Model)
{
    /// <summary>The session's <c>TimeZone</c>; null when unknown.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The server's edition, as it says it or a person does; null when unknown.</summary>
    public string? Edition { get; init; }

    /// <summary>What the session has set so far, by name in lower case.</summary>
    public ImmutableDictionary<string, string?> Settings { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>What of it outlives the transaction.</summary>
    private ImmutableDictionary<string, string?> Lasting { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>The enum values that the open transaction has added, each with its type: nobody can use them before it commits.</summary>
    public ImmutableDictionary<string, string> FreshValues { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The enum types that the open transaction has created.</summary>
    public ImmutableHashSet<string> OwnTypes { get; init; } = [];

    /// <summary>Behind a change: the schema, the settings and the transaction it leaves.</summary>
    public ServerState After(Change change) => change switch
    {
        SetSetting { Local: true } set => this with { Settings = Settings.SetItem(set.Name.ToLowerInvariant(), set.Value) },
        SetSetting set => this with
        {
            Settings = Settings.SetItem(set.Name.ToLowerInvariant(), set.Value),
            Lasting = Lasting.SetItem(set.Name.ToLowerInvariant(), set.Value),
        },
        TransactionControl { Verb: "COMMIT" or "ROLLBACK" } => Committed() with { Settings = Lasting },
        _ => WithValuesOf(change) with { Model = Model.After(change) },
    };

    private ServerState Committed() => this with { FreshValues = FreshValues.Clear(), OwnTypes = OwnTypes.Clear() };

    private ServerState WithValuesOf(Change change) => change switch
    {
        _ when !change.InTransaction || change is TransactionControl { Verb: not "SAVEPOINT" } => Committed(),
        CreateEnum create => this with { OwnTypes = OwnTypes.Add(create.Type.Name) },
        AddEnumValue add when Model.Enums.FirstOrDefault(type => type.Name == add.Type)?.Values.Contains(add.Value) != true =>
            this with { FreshValues = FreshValues.SetItem(add.Value, add.Type) },
        _ => this,
    };

    /// <summary>The value of <see cref="FreshValues"/> that a change writes, compares or takes as a default; null when it uses none.</summary>
    /// <param name="change">The change that is to run now.</param>
    /// <param name="ofOwnTypes">Values of types that the transaction has created count as well.</param>
    public string? FreshValueIn(Change change, bool ofOwnTypes)
    {
        if (FreshValues.IsEmpty || !change.InTransaction)
        {
            return null;
        }
        IEnumerable<string?> texts = change switch
        {
            UpdateRows update => [update.Values, update.Where],
            InsertRows insert => [insert.Values],
            DeleteRows delete => [delete.Where],
            AddColumn add => [add.Column.Default?.Sql, add.Column.ComputedSql, .. add.Inline.OfType<AddCheckConstraint>().Select(check => check.Check.Sql)],
            AlterColumn alter => [alter.New.Default?.Sql],
            AddCheckConstraint check => [check.Check.Sql],
            CreateIndex create => [create.Index.Filter],
            CreateTable create => create.Definition.Columns.Select(column => column.Default?.Sql),
            _ => [],
        };
        var columns = change is CreateTable created ? created.Definition.Columns : change is AddColumn added ? [added.Column] : change.Target is { } table ? Model.Find(table)?.Columns : null;
        return FreshValues.Where(fresh => (ofOwnTypes || !OwnTypes.Contains(fresh.Value)) && (columns is null || columns.Any(column => column.Type.Split('.')[^1].Trim('"').Equals(fresh.Value, StringComparison.OrdinalIgnoreCase))))
            .Select(fresh => fresh.Key).FirstOrDefault(value => texts.Any(text => text?.Contains($"'{value}'", StringComparison.Ordinal) == true));
    }
}
