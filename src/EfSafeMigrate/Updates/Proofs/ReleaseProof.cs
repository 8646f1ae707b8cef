using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Proofs;

/// <summary>
/// Proves on a scratch database, after each migration, that the releases that may run then can work, and read what the other wrote. The rows it
/// writes are never committed; sequences advance.
/// </summary>
/// <param name="session">Of the scratch database; it may be the one that migrates.</param>
internal sealed class ReleaseProof(Session session, Engine engine, Releases releases)
{
    /// <summary>What the previous release could not do before.</summary>
    private readonly HashSet<(string Deed, string Entity, string Cause)> excused = [];

    /// <summary>Entities that a release has lost to an earlier migration: what fails later may be that one's doing.</summary>
    private readonly HashSet<(Release Release, string Entity)> lost = [];

    /// <summary>Before the first migration: what the previous release cannot do there is no migration's fault, and is not held against one later.</summary>
    /// <returns>No failures: they are among what was not proved.</returns>
    /// <param name="applied">Id of the migration that is applied last; null when none is.</param>
    public async Task<ProofVerdict> StartAsync(string? applied, CancellationToken cancellation)
    {
        if (!releases.PreviousWorks(applied))
        {
            return ProofVerdict.Nothing;
        }
        var judgement = await JudgeAsync(applied, Release.Previous, other: null, cancellation);
        excused.UnionWith(judgement.Failures.Select(each => (each.Failure.Deed, each.Failure.Entity, each.Cause)));
        return new([], judgement.Checks,
            [.. judgement.Unproved, .. judgement.Failures.Select(each => $"{each.Failure.Sentence} So nothing is said of it later.")]);
    }

    /// <summary>In the state after a migration.</summary>
    /// <param name="applied">Its id.</param>
    public async Task<ProofVerdict> AfterAsync(string applied, CancellationToken cancellation)
    {
        Release[] working = [.. releases.PreviousWorks(applied) ? [Release.Previous] : Array.Empty<Release>(), .. releases.NextWorks(applied) ? [Release.New] : Array.Empty<Release>()];
        if (working.Length == 0)
        {
            return ProofVerdict.Nothing with { Unproved = [$"After {applied} neither release is expected to work."] };
        }
        var verdict = ProofVerdict.Nothing;
        List<(Release Writer, Release? Other)> trials = [.. working.Select(writer => (writer, working.Length > 1 ? working.Single(other => other != writer) : (Release?)null))];
        if (working.Length > 1 && releases.OfTwoTypes.Count > 0)
        {
            // Together they write what both types hold; by itself the running release still writes whatever its own does.
            trials.Add((Release.Previous, null));
        }
        foreach (var (writer, other) in trials)
        {
            var judgement = await JudgeAsync(applied, writer, other, cancellation);
            verdict = verdict.And(new(
                [.. judgement.Failures.Where(each => !excused.Contains((each.Failure.Deed, each.Failure.Entity, each.Cause))).Select(each => each.Failure)],
                judgement.Checks, judgement.Unproved));
        }
        var news = verdict.Failures.Distinct().ToLookup(failure => lost.Contains((failure.Release, failure.Entity)));
        lost.UnionWith(news[false].Select(failure => (failure.Release, failure.Entity)));
        return verdict with
        {
            Failures = [.. news[false]],
            Unproved = [.. verdict.Unproved, .. news[true].Select(failure => $"An earlier migration has broken {failure.Entity} for {ProofFailure.Named(failure.Release)}; whether this one breaks more of it is not proved.").Distinct()],
        };
    }

    private async Task<Judgement> JudgeAsync(string? applied, Release writer, Release? other, CancellationToken cancellation)
    {
        var (kept, schema) = (releases.Kept(applied), releases.Schema(applied));
        var request = new ProofRequest(ModelOf(writer), other is { } reader ? ModelOf(reader) : null, [applied ?? ModelOf(writer), .. releases.Announced(applied)])
        {
            Before = engine.Updates.ChecksAtOnce,
            Moved = releases.Moved(applied),
            Holding = Holding(applied, writer, other),
            Held = releases.OfTwoTypes,
            Questions = [.. kept.Select(spec => new RowQuestion(spec.Table.Schema, spec.Table.Name, spec.Column, engine.Phases!.Astray(spec)))],
        };
        var judgement = new Judgement(applied, writer, other ?? writer, new Twins(kept, releases.Regrouped(applied), engine, schema), schema);
        var result = await session.ProveAsync(request, cancellation);
        judgement.Read(result);
        if (result.Steps.Count == 0)
        {
            judgement.Leave($"{(writer == Release.Previous ? "The previous" : "The new")} release's model has no entity that can be written or read");
        }
        return judgement;
    }

    /// <summary>
    /// A plan that changes a type says what either release may write until its contract. Of any other change of a type it is to be seen whether
    /// a value of one release breaks the other.
    /// </summary>
    private IReadOnlyList<string> Holding(string? applied, Release writer, Release? other) => (other, releases.OfTwoTypes.Count > 0) switch
    {
        (_, false) => [],
        ({ } reader, true) => [ModelOf(writer), ModelOf(reader)],
        // Until contract the new release has no more room than the column it shares.
        (null, true) => writer == Release.New && applied is not null ? [applied] : [],
    };

    private string ModelOf(Release release) => release == Release.New ? releases.Next : releases.Previous!;
}
