using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Proofs;

namespace EfSafeMigrate.Updates.Rehearsals;

/// <summary>The database a rehearsal works on, of which it is the only user. Each call has a connection of its own, so that nothing of one session helps the next.</summary>
internal sealed record Stage(Engine Engine)
{
    /// <summary>EF's own table, where it is not called as usual.</summary>
    public TableName? History { get; init; }

    /// <summary>Looks and keeps; another connection than the one that migrates.</summary>
    public required Connection Look { get; init; }

    /// <summary>Applies a migration, as <c>apply</c> does or as EF does by itself.</summary>
    /// <exception cref="QueryFailure">It failed.</exception>
    public required Func<PlannedUpdate, UpManner, CancellationToken, Task<IReadOnlyList<SeenCommand>>> UpAsync { get; init; }

    /// <summary>Undoes the migration that was applied last.</summary>
    /// <exception cref="QueryFailure">It failed.</exception>
    public required Func<PlannedUpdate, CancellationToken, Task> DownAsync { get; init; }

    /// <summary>Ids in EF's history.</summary>
    public required Func<CancellationToken, Task<IReadOnlyList<string>>> AppliedAsync { get; init; }

    /// <summary>Proves that releases go on working; null where that is not asked for.</summary>
    public ProofCourse? Proof { get; init; }
}

internal enum UpManner { AsApply, AsEf }

/// <summary>One command as it ran.</summary>
/// <param name="Index">Among the migration's commands.</param>
internal sealed record SeenCommand(int Index, double Milliseconds)
{
    /// <summary>Rows it changed; -1 where it changes none.</summary>
    public int Changed { get; init; } = -1;

    /// <summary>Null where nobody looked.</summary>
    public Observation? Before { get; init; }
    public Observation? After { get; init; }

    /// <summary>Locks that were seen from outside while it ran, in the engine's own names: whoever commits by itself holds nothing afterwards.</summary>
    public IReadOnlyList<(TableName Table, string Mode)> Glimpsed { get; init; } = [];

    /// <summary>Who kept it waiting; null when nobody did.</summary>
    public Blocker? Blocker { get; init; }

    /// <summary>How long it waited for that.</summary>
    public TimeSpan Waited { get; init; }
}
