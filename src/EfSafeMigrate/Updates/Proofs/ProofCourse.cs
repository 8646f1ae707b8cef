using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Proofs;

/// <summary>The proof along a rehearsal: of the releases that follow each other, those between which a migration stands.</summary>
/// <param name="inTurn">As they are deployed, oldest first.</param>
internal sealed class ProofCourse(Func<CancellationToken, Task<Session>> open, Engine engine, IReadOnlyList<Releases> inTurn)
{
    private Releases? between;
    private ReleaseProof? proof;

    /// <summary>Before a migration is applied: what does not work there is not its fault.</summary>
    /// <param name="id">Of the migration.</param>
    public async Task<ProofVerdict> BeforeAsync(string id, CancellationToken cancellation)
    {
        var now = inTurn.FirstOrDefault(releases => releases.Migrations.Any(migration => migration.Id == id));
        if (now is null || now == between)
        {
            return ProofVerdict.Nothing;
        }
        between = now;
        proof = new ReleaseProof(await open(cancellation), engine, now);
        return await proof.StartAsync(now.Migrations.TakeWhile(migration => migration.Id != id).LastOrDefault()?.Id ?? now.Previous, cancellation);
    }

    /// <param name="id">Of the migration that was applied.</param>
    public async Task<ProofVerdict> AfterAsync(string id, CancellationToken cancellation) =>
        proof is null ? ProofVerdict.Nothing : await proof.AfterAsync(id, cancellation);
}
