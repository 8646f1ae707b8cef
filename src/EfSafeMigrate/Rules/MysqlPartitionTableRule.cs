using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class MysqlPartitionTableRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A table is divided into partitions, or its partitions change";
    public override string Condition => "PARTITION BY, REMOVE PARTITIONING or a statement that moves rows between partitions runs on a table that exists already, or a partition is dropped or emptied with its rows.";
    public override string Effect => "Every row is copied to its place, and every INSERT, UPDATE and DELETE waits until the copy ends. A dropped or truncated partition takes its rows along.";
    public override string Workaround => "Create a partitioned table beside the old one, keep both equal, fill it in batches and switch over; or apply it when nobody writes.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not SetTableOption set || !set.Option.Contains("PARTITION", StringComparison.Ordinal))
        {
            yield break;
        }
        if (set.Option is "DROP PARTITION" or "TRUNCATE PARTITION")
        {
            yield return Find(
                situation,
                Severity.Dangerous,
                $"{set.Option} {set.Value} deletes the rows of {set.Value} in {Say.Sized(set.Table, situation.Table)}, and nothing brings them back.",
                Evidence.Of(situation.Impact.Basis),
                Cure.Text($"Exchange {set.Value} with an empty table first (EXCHANGE PARTITION … WITH TABLE), and drop it once its rows are saved"));
            yield break;
        }
        if (!situation.Impact.Lasting || !situation.StopsTraffic)
        {
            yield break;
        }
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{set.Option} copies every row of {Say.Sized(set.Table, situation.Table)} and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the copy")}.",
            Evidence.Of(situation, "the copy"),
            Cure.Text($"Fill a partitioned table beside {set.Table} in batches and switch over, or apply it when nobody writes to {set.Table}, and review it with {FactSheet.NoTrafficFlag}"));
    }
}
