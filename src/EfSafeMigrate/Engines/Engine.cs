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

    /// <summary>How the server is asked about itself and its tables.</summary>
    public required Catalogue Catalogue { get; init; }

    /// <summary>How the data is asked whether it stands in the way.</summary>
    public required Probes Probes { get; init; }

    /// <summary>The forms of a change that let traffic through.</summary>
    public OnlineForms Online { get; init; } = OnlineForms.None;

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

    /// <summary>What of it outlives the transaction.</summary>
    private ImmutableDictionary<string, string?> Lasting { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>Behind a change: the schema and the settings it leaves.</summary>
    public ServerState After(Change change) => change switch
    {
        SetSetting { Local: true } set => this with { Settings = Settings.SetItem(set.Name.ToLowerInvariant(), set.Value) },
        SetSetting set => this with
        {
            Settings = Settings.SetItem(set.Name.ToLowerInvariant(), set.Value),
            Lasting = Lasting.SetItem(set.Name.ToLowerInvariant(), set.Value),
        },
        TransactionControl { Verb: "COMMIT" or "ROLLBACK" } => this with { Settings = Lasting },
        _ => this with { Model = Model.After(change) },
    };
}
