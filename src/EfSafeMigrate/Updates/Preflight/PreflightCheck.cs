using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Updates.Preflight;

/// <summary>One thing that has to be so before the first step. Reflection finds the checks; there is no list to edit.</summary>
internal abstract class PreflightCheck
{
    /// <summary>What is checked, as a clause: <c>privileges for every step</c>.</summary>
    public abstract string Title { get; }

    /// <returns>What is wrong; nothing when all is well.</returns>
    public abstract Task<IReadOnlyList<Objection>> CheckAsync(PreflightContext context, CancellationToken cancellation);
}

/// <param name="Run">Both sessions; nothing is locked yet.</param>
internal sealed record PreflightContext(RunContext Run, UpdatePlan Plan, FactSheet Facts);

/// <param name="Refuses">The run does not start; otherwise a person is told and it goes on.</param>
/// <param name="Sentence">What is wrong, in one sentence.</param>
/// <param name="Next">What to type or do.</param>
internal sealed record Objection(bool Refuses, string Sentence, string Next);
