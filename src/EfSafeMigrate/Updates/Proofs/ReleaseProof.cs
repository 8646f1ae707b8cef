using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Proofs;

/// <summary>
/// Proves on a scratch database, after each migration, that the releases that may run then can work, and read what the other wrote. The rows it
/// writes are never committed; sequences advance.
/// </summary>
/// <param name="session">Of the scratch database, opened with <c>Session.OpenAsync</c>; it may be the one that migrates.</param>
/// <param name="releases">Which release has which model, and how far each may be expected to work.</param>
internal sealed class ReleaseProof(Session session, Engine engine, Releases releases)
{
    /// <summary>Before the first migration: what the previous release cannot do there is nobody's fault, and is not held against a migration later.</summary>
    public Task<ProofVerdict> StartAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <param name="applied">Id of the migration that was applied last.</param>
    /// <returns>Of this state alone.</returns>
    public Task<ProofVerdict> AfterAsync(string applied, CancellationToken cancellation) => throw new NotImplementedException();
}

/// <summary>Two releases around the pending migrations.</summary>
/// <param name="Previous">Id of the migration whose model the running release has; null when nothing was deployed.</param>
/// <param name="Next">Id of the migration whose model the new release has; empty for the snapshot.</param>
/// <param name="Migrations">What leads from one to the other, oldest first.</param>
internal sealed record Releases(string? Previous, string Next, IReadOnlyList<MigrationChanges> Migrations)
{
    /// <param name="all">Every migration of the project, oldest first.</param>
    /// <param name="applied">Ids of those that are applied.</param>
    public static Releases Of(IReadOnlyList<MigrationChanges> all, IReadOnlyCollection<string> applied) => throw new NotImplementedException();
}
