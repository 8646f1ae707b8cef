using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Updates.Proofs;

internal enum Release { Previous, New }

/// <summary>Something a release cannot do, or reads wrongly, in one state of the schema.</summary>
/// <param name="After">Id of the migration that was applied last; null before the first.</param>
/// <param name="Deed">What it cannot do, for example <c>insert</c>.</param>
/// <param name="Reason">A clause: the database's words, or what was read instead.</param>
internal sealed record ProofFailure(string? After, Release Release, string Deed, string Entity, string Reason)
{
    public string Sentence =>
        $"{(After is null ? "Before any migration" : $"After {After}")} {Named(Release)} cannot {Deed} {Entity}: {Reason.TrimEnd('.')}.";

    public static string Named(Release release) => release == Release.Previous ? "the previous release" : "the new release";
}

/// <summary>What was proved of two releases in the states of a schema.</summary>
/// <param name="Checks">Deeds that were done and values that were compared.</param>
/// <param name="Unproved">What was not tried and why, as sentences.</param>
internal sealed record ProofVerdict(IReadOnlyList<ProofFailure> Failures, int Checks, IReadOnlyList<string> Unproved)
{
    public static readonly ProofVerdict Nothing = new([], 0, []);

    /// <summary>Deeds and entities that fail for one reason stand in one sentence.</summary>
    public IReadOnlyList<(Release Release, string Sentence)> Sentences =>
    [
        .. Failures.GroupBy(failure => (failure.After, failure.Release, failure.Reason)).Select(alike => (alike.Key.Release, (alike.First() with
        {
            Deed = string.Join(" or ", alike.Select(failure => failure.Deed).Distinct()),
            Entity = Say.Some([.. alike.Select(failure => failure.Entity).Distinct()]),
        }).Sentence)),
    ];

    public ProofVerdict And(ProofVerdict other) =>
        new([.. Failures, .. other.Failures], Checks + other.Checks, [.. Unproved.Union(other.Unproved)]);
}
