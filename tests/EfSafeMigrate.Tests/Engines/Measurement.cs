using System.Text.Json;

namespace EfSafeMigrate.Tests.Engines;

/// <summary>What one statement did on a server, the same on each of the versions.</summary>
public sealed record Measurement(string Op, string Ddl, IReadOnlyList<string> Versions)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string? Setup { get; init; }
    public string? TimeZone { get; init; }

    /// <summary>What the session set before the statement.</summary>
    public string? Session { get; init; }

    /// <summary>The cheapest algorithm and the weakest lock that the server accepted as clauses of the statement.</summary>
    public string? Algorithm { get; init; }

    /// <summary>A free-form finding without figures.</summary>
    public bool Experiment { get; init; }

    public bool Ok { get; init; }
    public string? Error { get; init; }

    /// <summary>The locks were read in the transaction that held them; otherwise they are a lower bound.</summary>
    public bool Strict { get; init; }

    /// <summary>The table that the reads and writes were tried on.</summary>
    public string Target { get; init; } = "orders";

    /// <summary>The strongest lock on each table that existed before.</summary>
    public IReadOnlyDictionary<string, string> Locks { get; init; } = new Dictionary<string, string>();

    public bool BlocksReads { get; init; }
    public bool BlocksWrites { get; init; }
    public bool Rewrite { get; init; }
    public bool IndexRebuild { get; init; }
    public bool NewIndex { get; init; }
    public bool Scan { get; init; }
    public bool InTransaction { get; init; }

    /// <summary>SQLite has a statement for it.</summary>
    public bool Native { get; init; } = true;

    /// <summary>What was measured instead of the statement: a rebuild of the <c>table</c> as EF does it, or of an <c>index</c>.</summary>
    public string? Rebuild { get; init; }

    /// <summary>Nobody tried to read or write meanwhile.</summary>
    public bool Unprobed { get; init; }

    public static IReadOnlyList<Measurement> Of(string engine) =>
        JsonSerializer.Deserialize<Measurement[]>(Data.Text($"lock-matrix.{engine}.json"), Json)!;
}
