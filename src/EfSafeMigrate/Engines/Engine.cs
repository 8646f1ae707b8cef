using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>Everything the tool knows of one database engine, as a value.</summary>
internal sealed record Engine
{
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

    /// <summary>How a transaction gives up when it does not get its locks; null where no lock is waited for one by one.</summary>
    public LockTimeout? LockTimeout { get; init; }

    /// <summary>The forms of a change that let traffic through.</summary>
    public OnlineForms Online { get; init; } = OnlineForms.None;

    /// <summary>What phases are made of; null when a change in phases is no safer on this engine than one migration.</summary>
    public PhaseForms? Phases { get; init; }

    /// <summary>Why there are no phases, as a clause.</summary>
    public string? NoPhases { get; init; }

    /// <summary>True when opening a connection makes a database that is not there.</summary>
    public bool OpeningCreates { get; init; }

    /// <summary>How migrations are carried out on it.</summary>
    public required UpdateForms Updates { get; init; }

    public string QuoteTable(TableName table) =>
        table.Schema is null ? Quote(table.Name) : $"{Quote(table.Schema)}.{Quote(table.Name)}";
}

/// <param name="Setting">The setting's name; zero is for ever.</param>
/// <param name="Statement">Sets it for the transaction.</param>
internal sealed record LockTimeout(string Setting, string Statement);

/// <summary>Rows per second by kind of work; measured on two slow cores, so real servers are seldom slower.</summary>
internal sealed record Rates(long Scan, long IndexBuild, long Rewrite, long RowChanges);

/// <summary>What the engine's answer depends on beyond the change itself.</summary>
/// <param name="Model">The schema at the moment the change runs.</param>
internal sealed record ServerState(EngineVersion Version, DatabaseModel Model)
{
    /// <summary>The session's <c>TimeZone</c>; null when unknown.</summary>
    public string? TimeZone { get; init; }
}
