using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Reports;

/// <summary>What a migration holds while it runs: its statements in order, and for each table that is in use what it keeps from others.</summary>
internal sealed record LockTimeline(IReadOnlyList<TimelineStep> Steps, IReadOnlyList<TimelineLane> Lanes)
{
    private const string WholeDatabase = "the database";

    public static LockTimeline Of(ReviewedMigration migration)
    {
        var operations = Operations(migration);
        var held = operations.Select(Held).ToArray();
        var steps = new List<TimelineStep>();
        var columns = new List<int>();
        for (var at = 0; at < operations.Count; at++)
        {
            // What keeps nobody waiting and is over at once needs no column of its own.
            if (steps.Count > 0 && steps[^1].IsQuiet && IsQuiet(operations[at], held[at]))
            {
                steps[^1] = steps[^1] with { Count = steps[^1].Count + 1, Phrase = $"{"statement".ToQuantity(steps[^1].Count + 1)} that keep nobody waiting" };
                continue;
            }
            steps.Add(Step(operations[at], IsQuiet(operations[at], held[at]), IsSameTransaction(operations, at)));
            columns.Add(at);
        }
        var names = held.SelectMany(each => each.Keys).Distinct().ToArray();
        return new(steps, [.. names.Select(name => new TimelineLane(name, [.. columns.Select(column => held[column].GetValueOrDefault(name))]))]);
    }

    private static List<List<Situation>> Operations(ReviewedMigration migration)
    {
        var operations = new List<List<Situation>>();
        foreach (var situation in migration.Situations.Where(each => each.Change is not TransactionControl && (each.Impact.IsModelled || each.Change is OpaqueSql or UnknownOperation)))
        {
            if (operations.Count > 0 && operations[^1][0].Change.Origin.Operation == situation.Change.Origin.Operation)
            {
                operations[^1].Add(situation);
            }
            else
            {
                operations.Add([situation]);
            }
        }
        return operations;
    }

    private static TimelineStep Step(List<Situation> operation, bool quiet, bool joined)
    {
        var phrase = string.Join("; ", operation.Select(Phrase.Of).Distinct());
        return new(phrase, operation.Exists(each => !each.Impact.IsModelled) ? new(null, null, "not judged") : Duration(operation), quiet, joined);
    }

    private static Estimate Duration(List<Situation> operation)
    {
        var estimates = operation.Where(each => each.Impact.Lasting && !each.IsOnNewTable && each.Change is not CreateTable).Select(each => each.Estimate).ToArray();
        return estimates.Length == 0 ? Estimate.Of(operation[0].Impact with { Work = Work.Metadata }, TableFacts.Unknown, operation[0].Engine.Rates)
            : estimates.Any(each => each.High is null) ? estimates.First(each => each.High is null)
            : estimates.Aggregate((sum, each) => new(sum.Low + each.Low, sum.High + each.High, sum.Basis));
    }

    /// <summary>What is held while the operation runs: its own locks, and those its transaction has not let go of yet.</summary>
    private static Dictionary<string, TimelineLock> Held(List<Situation> operation)
    {
        var held = new Dictionary<string, TimelineLock>();
        foreach (var (taken, own) in Taken(operation[^1].SameTransaction, own: false).Concat(Taken(operation, own: true)).Where(each => each.Lock.Blocks != Blocks.Nothing))
        {
            var lane = operation[0].Engine.OneWriter ? WholeDatabase : taken.Table.ToString();
            var before = held.GetValueOrDefault(lane);
            held[lane] = before is null || taken.Blocks > before.Blocks || (taken.Blocks == before.Blocks && own) ? new(taken.Mode, taken.Blocks, own) : before;
        }
        return held;
    }

    private static IEnumerable<(TableLock Lock, bool Own)> Taken(IEnumerable<Situation> situations, bool own) =>
        situations.SelectMany(each => each.Impact.Locks.Where(taken => !each.IsNew(taken.Table)), (_, taken) => (taken, own));

    private static bool IsQuiet(List<Situation> operation, Dictionary<string, TimelineLock> held) =>
        held.Count == 0 && operation.TrueForAll(each => each.Impact.IsModelled && (!each.Impact.Lasting || each.IsOnNewTable || each.Change is CreateTable));

    /// <summary>The transaction of the operation before goes on.</summary>
    private static bool IsSameTransaction(List<List<Situation>> operations, int at) =>
        at > 0 && operations[at][0].SameTransaction.Any(earlier => operations[at - 1].Contains(earlier));
}

/// <summary>One operation; a run of them that keeps nobody waiting is one step.</summary>
/// <param name="Duration">Without figures where the size is unknown.</param>
/// <param name="IsQuiet">Nobody waits, and it is over at once.</param>
/// <param name="Joined">The transaction of the step before goes on.</param>
internal sealed record TimelineStep(string Phrase, Estimate Duration, bool IsQuiet, bool Joined)
{
    public int Count { get; init; } = 1;

    /// <summary>Null when nobody knows.</summary>
    public TimeSpan? Middle => (Duration.Low, Duration.High) is ({ } low, { } high) ? high.TotalMilliseconds <= 5 ? high : Estimate.Middle(low, high) : null;

    /// <summary><c>≈ 14 s</c>, <c>≤ 5 ms</c> or <c>unknown</c>.</summary>
    public string Spoken => Middle is not { } middle ? "unknown" : Duration.High?.TotalMilliseconds <= 5 ? "≤ 5 ms" : $"≈ {Say.Duration(middle)}";
}

/// <param name="Held">What is held of it during each step; null for nothing.</param>
internal sealed record TimelineLane(string Name, IReadOnlyList<TimelineLock?> Held)
{
    public Blocks Blocks => Held.Max(each => each?.Blocks ?? Blocks.Nothing);
}

/// <param name="Own">Taken by the step itself; false while it waits for the end of the transaction.</param>
internal sealed record TimelineLock(string Mode, Blocks Blocks, bool Own);
