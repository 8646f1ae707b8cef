namespace EfSafeMigrate.Updates.Preflight;

/// <summary>One thing that has to be so before the first step. Reflection finds the checks; there is no list to edit.</summary>
internal abstract class PreflightCheck
{
    /// <summary>What is checked, as a clause: <c>privileges for every step</c>.</summary>
    public abstract string Title { get; }

    /// <returns>What is wrong; nothing when all is well.</returns>
    /// <exception cref="Sessions.QueryFailure">It cannot be found out.</exception>
    public abstract Task<IReadOnlyList<Objection>> CheckAsync(PreflightContext context, CancellationToken cancellation);
}

/// <param name="Refuses">The run does not start; otherwise a person is told and it goes on.</param>
/// <param name="Sentence">What is wrong, in one sentence.</param>
/// <param name="Next">What to type or do.</param>
internal sealed record Objection(bool Refuses, string Sentence, string Next)
{
    /// <summary>Of interest to those who ask for details only.</summary>
    public bool Detail { get; init; }

    public static Objection Refuse(string sentence, string next) => new(true, sentence, next);

    public static Objection Warn(string sentence, string next) => new(false, sentence, next);
}
