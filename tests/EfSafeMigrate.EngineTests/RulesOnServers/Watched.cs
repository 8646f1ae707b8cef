using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.Postgres;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

[Flags]
internal enum Verbs { None = 0, Select = 1, Insert = 2, Update = 4, Delete = 8, Writes = Insert | Update | Delete }

/// <summary>What one step did on the server, while its transaction was still open.</summary>
internal sealed record Watched(Step Step)
{
    /// <summary>The SQLSTATE, when the step failed on the rows as they were.</summary>
    public string? Failure { get; init; }

    /// <summary>What stood in the way of the step before anybody planted anything.</summary>
    public FailsIf Standing { get; init; }

    /// <summary>How the step ended where rows were planted that are to make it fail; null where it passed.</summary>
    public IReadOnlyDictionary<FailsIf, string?> Planted { get; init; } = new Dictionary<FailsIf, string?>();

    /// <summary>False where the transaction was over before anybody could look.</summary>
    public bool Seen { get; init; }

    public IReadOnlyDictionary<Relation, LockMode> Locks { get; init; } = new Dictionary<Relation, LockMode>();

    /// <summary>What another connection could not do.</summary>
    public IReadOnlyDictionary<Relation, Verbs> Stopped { get; init; } = new Dictionary<Relation, Verbs>();

    public IReadOnlyDictionary<Relation, Work> Work { get; init; } = new Dictionary<Relation, Work>();

    /// <summary>Tables whose rows the transaction has updated so far.</summary>
    public IReadOnlySet<Relation> Updated { get; init; } = new HashSet<Relation>();

    /// <summary>Tables that had a key and take the same row twice now.</summary>
    public IReadOnlySet<Relation> Keyless { get; init; } = new HashSet<Relation>();

    /// <summary>Tables without rows, where a scan cannot be seen.</summary>
    public IReadOnlySet<Relation> Emptied { get; init; } = new HashSet<Relation>();

    /// <summary>Predicted locks of the step and of those before it in the transaction, by the table they are on.</summary>
    public required IReadOnlyList<(Relation Relation, TableLock Lock)> Predicted { get; init; }

    /// <summary>The existing tables the step's changes are about.</summary>
    public IReadOnlySet<Relation> Targets { get; init; } = new HashSet<Relation>();

    public bool Did(Work work, Verbs while_) =>
        Work.Any(done => (done.Value & work) != 0 && (Stopped.GetValueOrDefault(done.Key) & while_) == while_);
}
