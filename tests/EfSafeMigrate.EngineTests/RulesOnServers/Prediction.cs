using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.Postgres;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>Where the server did something else than the tool says.</summary>
internal static class Prediction
{
    public static IEnumerable<string> Differences(Watched watched, PostgresCopy copy) =>
        (watched.Step.Changes.OfType<OpaqueSql>().Any() ? []
            : watched.Step.Refused ? Refusal(watched)
            : [.. Failures(watched), .. watched.Seen ? Locks(watched) : [], .. watched.Seen ? Stopped(watched, copy) : [], .. watched.Failure is null ? Works(watched) : [], .. Said(watched)])
        .Select(difference => $"{watched.Step}: {difference}");

    private static IEnumerable<string> Refusal(Watched watched) =>
        watched.Failure is null ? ["it is said to be refused, and passed"]
        : watched.Failure.StartsWith("23", StringComparison.Ordinal) ? [$"it is said to be refused whatever the data, and failed on data with {watched.Failure}"]
        : [];

    private static IEnumerable<string> Failures(Watched watched)
    {
        var says = watched.Step.FailsIf;
        if (watched.Failure is { } failure && !Kinds().Any(kind => watched.Standing.HasFlag(kind) && Plant.Explains(kind, failure)))
        {
            yield return $"it failed with {failure}, and only {watched.Standing} stood in the way";
        }
        if (watched.Failure is null && (watched.Standing & says) != 0)
        {
            yield return $"it passed although {watched.Standing & says}";
        }
        foreach (var (kind, state) in watched.Planted)
        {
            if (says.HasFlag(kind) ? !Plant.Explains(kind, state) : state is not null)
            {
                yield return $"with {kind} planted it ended with {state ?? "success"}; said to fail if {says}";
            }
        }
    }

    private static IEnumerable<string> Locks(Watched watched)
    {
        var predicted = watched.Predicted.Where(each => PostgresLocks.Parse(each.Lock.Mode) is not null)
            .GroupBy(each => each.Relation, each => PostgresLocks.Parse(each.Lock.Mode)!.Value)
            .ToDictionary(modes => modes.Key, modes => modes.Max());
        foreach (var relation in predicted.Keys.Union(watched.Locks.Keys))
        {
            LockMode? seen = watched.Locks.TryGetValue(relation, out var mode) ? mode : null;
            var same = predicted.TryGetValue(relation, out var expected) ? seen == expected : mode.Blocks() == Blocks.Nothing;
            if (!same)
            {
                yield return $"lock on {relation.Name}: {seen?.Name() ?? "none"}, said to be {(predicted.ContainsKey(relation) ? expected.Name() : "none")}";
            }
        }
    }

    private static IEnumerable<string> Stopped(Watched watched, PostgresCopy copy)
    {
        var expected = watched.Predicted.GroupBy(each => each.Relation).ToDictionary(
            locks => locks.Key, locks => locks.Aggregate(Verbs.None, (all, each) => all | Of(each.Lock)));
        var linked = Linked(copy, expected.Where(each => each.Value != Verbs.None).Select(each => each.Key.Oid).ToHashSet());
        foreach (var (relation, verbs) in watched.Stopped.Where(each => each.Key.IsTable))
        {
            var said = expected.GetValueOrDefault(relation);
            // A write has to look into the tables on the other side of its foreign keys.
            if (verbs != said && !(linked.Contains(relation.Oid) && (verbs & ~Verbs.Writes) == (said & ~Verbs.Writes) && (verbs & said) == said))
            {
                yield return $"traffic on {relation.Name}: {verbs} stopped, said to be {said}";
            }
        }
    }

    private static Verbs Of(TableLock taken) => taken.Blocks switch
    {
        Blocks.ReadsAndWrites => Verbs.Select | Verbs.Writes,
        // Rows are locked, not the table: new ones can be added.
        Blocks.Writes when PostgresLocks.Parse(taken.Mode) == LockMode.RowExclusive => Verbs.Update | Verbs.Delete,
        Blocks.Writes => Verbs.Writes,
        _ => Verbs.None,
    };

    private static HashSet<long> Linked(PostgresCopy copy, HashSet<long> tables) =>
    [
        .. copy.Migration.Rows("SELECT conrelid::bigint, confrelid::bigint FROM pg_constraint WHERE contype = 'f'")
            .Select(row => row.Select(oid => long.Parse(oid!, System.Globalization.CultureInfo.InvariantCulture)).ToArray())
            .Where(pair => pair.Any(tables.Contains)).SelectMany(pair => pair),
    ];

    private static IEnumerable<string> Works(Watched watched)
    {
        const Work Copies = Work.Rewrite | Work.IndexBuild;
        foreach (var (relation, done) in watched.Work)
        {
            var said = watched.Targets.Contains(relation)
                ? watched.Step.Situations.Where(situation => !situation.IsOnNewTable).Aggregate(Work.Metadata, (all, situation) => all | situation.Impact.Work)
                : Work.Metadata;
            // An empty file is no copy.
            if ((done & Copies) != (said & Copies) && !watched.Step.Changes.OfType<Truncate>().Any())
            {
                yield return $"work on {relation.Name}: {done}, said to be {said}";
            }
            // A copy and a build read every row too; a look across a foreign key may go through an index of either table.
            var reads = watched.Targets.Contains(relation) && !watched.Emptied.Contains(relation) && (said & Copies) == 0 && !said.HasFlag(Work.RowChanges);
            var scanned = watched.Predicted.Select(each => each.Relation).Append(relation).Any(each => watched.Work.GetValueOrDefault(each).HasFlag(Work.Scan));
            if (reads && (said.HasFlag(Work.Scan) ? !scanned : done.HasFlag(Work.Scan) && watched.Standing == FailsIf.Nothing))
            {
                yield return $"{relation.Name} {(scanned ? "is" : "is not")} scanned, said to be {said}";
            }
        }
    }

    /// <summary>What the findings say of the lock is what stands in the report.</summary>
    private static IEnumerable<string> Said(Watched watched) =>
        from situation in watched.Step.Situations
        where watched.Seen && situation.Impact.Locks.Count > 0
        let taken = situation.Impact.Locks[0]
        from finding in RuleBook.Judge(situation)
        let relation = watched.Predicted.FirstOrDefault(each => each.Lock == taken).Relation
        let mode = PostgresLocks.Parse(finding.Lock ?? "")
        where relation is not null && mode is not null && watched.Locks.GetValueOrDefault(relation) < mode
        select $"{finding.Rule} says {finding.Lock} lock";

    private static IEnumerable<FailsIf> Kinds() => Enum.GetValues<FailsIf>().Where(kind => kind != FailsIf.Nothing);
}
