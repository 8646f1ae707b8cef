using System.Collections.Immutable;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Facts;

/// <summary>What is known of the target database.</summary>
internal sealed record FactSheet(Measured<EngineVersion> Version)
{
    public const string NoTrafficFlag = "--no-traffic";

    public static readonly FactSheet Unknown = new(Measured<EngineVersion>.Unknown);

    public IReadOnlyDictionary<TableName, TableFacts> Tables { get; init; } = new Dictionary<TableName, TableFacts>();

    /// <summary>The session's time zone.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The server's edition, for example <c>Standard</c>; null when nobody said.</summary>
    public string? Edition { get; init; }

    /// <summary>Settings of the server and the session, as the engine names them.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>When the sizes were read, local time.</summary>
    public DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>Host and database as a person knows them, without user or password.</summary>
    public string? Target { get; init; }

    /// <summary>Somebody said that nobody uses the database while the migrations run.</summary>
    public bool NoTraffic { get; init; }

    /// <summary>Answers of live probes, by what was asked.</summary>
    public IReadOnlyList<Probe> Probes { get; init; } = [];

    /// <summary>A version somebody wrote down stands in for one that was not measured.</summary>
    public FactSheet Declared(string? version) =>
        !Version.Known && EngineVersion.TryParse(version, out var parsed) ? this with { Version = Measured.Assume(parsed) } : this;

    /// <summary>Where a migration begins, on the server as far as it is known.</summary>
    public ServerState StateOf(Engine engine, DatabaseModel model) => new(Version.Value ?? engine.Assumed, model)
    {
        TimeZone = TimeZone,
        Edition = Edition,
        Settings = engine.Catalogue.Deciding.Where(Settings.ContainsKey).ToImmutableDictionary(name => name, name => (string?)Settings[name]),
    };

    public TableFacts Of(TableName? table) =>
        table is null ? TableFacts.Unknown
        : Tables.TryGetValue(table, out var facts) ? facts
        : Tables.FirstOrDefault(pair => pair.Key.Name == table.Name && (pair.Key.Schema is null || table.Schema is null)).Value
            ?? TableFacts.Unknown;
}

/// <param name="Rows">Estimated rows, from the catalogue's statistics.</param>
/// <param name="Bytes">Heap with TOAST, without indexes.</param>
/// <param name="IndexBytes">All indexes.</param>
internal sealed record TableFacts(Measured<long> Rows, Measured<long> Bytes, Measured<long> IndexBytes)
{
    public static readonly TableFacts Unknown = new(Measured<long>.Unknown, Measured<long>.Unknown, Measured<long>.Unknown);

    /// <summary>How many partitions hold the rows; null when the table is not partitioned, or nobody asked.</summary>
    public int? Partitions { get; init; }
}

internal enum ProbeKind { Duplicates, Nulls, Orphans, DoNotFit, DoNotConvert, CannotBeMade, DoNotReturn, HasNoPlace, StandsForNone, GoesToOne, Violations, NearOverflow, InvalidIndex, OpenTransaction, Dependent }

/// <summary>One question asked of the live database, and its answer.</summary>
/// <param name="Found">How many rows or objects stand in the way; null when the probe did not finish.</param>
/// <param name="Sample">The first keys or names.</param>
/// <param name="Checked">Rows looked at, when the answer holds for all of them.</param>
internal sealed record Probe(
    ProbeKind Kind, TableName Table, IReadOnlyList<string> Columns, long? Found, IReadOnlyList<string> Sample, long? Checked)
{
    /// <summary>Nobody begins before each of these is put right, or accepted: more of them are named.</summary>
    public static bool IsListed(ProbeKind kind) => IsOfMove(kind) || kind is ProbeKind.DoNotConvert or ProbeKind.CannotBeMade or ProbeKind.DoNotReturn;

    /// <summary>About values that go to another table.</summary>
    public static bool IsOfMove(ProbeKind kind) => kind is ProbeKind.HasNoPlace or ProbeKind.StandsForNone or ProbeKind.GoesToOne;

    /// <summary>True when counting stopped: there are this many or more.</summary>
    public bool AtLeast { get; init; }

    /// <summary>Why there is no answer, for example <c>stopped after 5 s</c>.</summary>
    public string? Unanswered { get; init; }
}
