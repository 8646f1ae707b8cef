using System.Collections.Immutable;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>Everything the tool knows of one database engine, as a value.</summary>
internal sealed record Engine
{
    private readonly UpdateForms? updates;

    /// <summary>Stable id, for example <c>postgresql</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name a person reads.</summary>
    public required string Name { get; init; }

    /// <summary>EF provider assemblies that talk to this engine.</summary>
    public required IReadOnlyList<string> Providers { get; init; }

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

    /// <summary>True when a view over one table takes INSERT, UPDATE and DELETE without a trigger.</summary>
    public bool ViewsTakeWrites { get; init; }

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

    /// <summary>What phases are made of; null when a change in phases is no safer on this engine than one migration.</summary>
    public PhaseForms? Phases { get; init; }

    /// <summary>Why there are no phases, as a clause.</summary>
    public string? NoPhases { get; init; }

    /// <summary>How migrations are carried out on it; asking an engine that is only reviewed is a refusal.</summary>
    public UpdateForms Updates
    {
        get => updates ?? throw new SafeMigrateException($"Runs on {Name} are not supported yet.", "Review the migration, and apply it with dotnet ef database update");
        init => updates = value;
    }

    public string QuoteTable(TableName table) =>
        table.Schema is null ? Quote(table.Name) : $"{Quote(table.Schema)}.{Quote(table.Name)}";
}

/// <summary>Rows per second by kind of work; measured on two slow cores, so real servers are seldom slower.</summary>
internal sealed record Rates(long Scan, long IndexBuild, long Rewrite, long RowChanges);

/// <summary>What the engine's answer depends on beyond the change itself.</summary>
/// <param name="Model">The schema at the moment the change runs.</param>
internal sealed record ServerState(EngineVersion Version, DatabaseModel Model)
{
    /// <summary>The session's <c>TimeZone</c>; null when unknown.</summary>
    public string? TimeZone { get; init; }

    /// <summary>What the session has set so far, by name in lower case.</summary>
    public ImmutableDictionary<string, string?> Settings { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>The enum values that the open transaction has added, each with its type: nobody can use them before it commits.</summary>
    public ImmutableDictionary<string, string> FreshValues { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The enum types that the open transaction has created.</summary>
    public ImmutableHashSet<string> OwnTypes { get; init; } = [];

    /// <summary>Behind a change: the schema, the settings and the transaction it leaves.</summary>
    public ServerState After(Change change) => change is SetSetting set
        ? this with { Settings = Settings.SetItem(set.Name.ToLowerInvariant(), set.Value) }
        : (change switch
        {
            _ when !change.InTransaction || change is TransactionControl { Verb: not "SAVEPOINT" } => this with { FreshValues = FreshValues.Clear(), OwnTypes = OwnTypes.Clear() },
            CreateEnum create => this with { OwnTypes = OwnTypes.Add(create.Type.Name) },
            AddEnumValue add when Model.Enums.FirstOrDefault(type => type.Name == add.Type)?.Values.Contains(add.Value) != true =>
                this with { FreshValues = FreshValues.SetItem(add.Value, add.Type) },
            _ => this,
        }) with { Model = Model.After(change) };

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
