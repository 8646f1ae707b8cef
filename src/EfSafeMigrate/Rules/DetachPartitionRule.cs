using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class DetachPartitionRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "Detaching a partition shuts the whole partitioned table";
    public override string Condition => "DETACH PARTITION is run without CONCURRENTLY.";
    public override string Effect => "It takes an instant, but waits for every running query of the whole table, and every later one waits behind it. Its rows are gone from the table for the running release.";
    public override string Workaround => "Use DETACH PARTITION … CONCURRENTLY, outside a transaction (PostgreSQL 14 and later, without a default partition).";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not DetachPartition { Concurrently: false } detach || !situation.StopsTraffic || situation.IsNew(detach.Partition))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Careful,
            $"Detaching {detach.Partition} takes {situation.Impact.Locks[0].Mode} on {detach.Table}: it waits for every running query of the whole table, and every later one waits behind it.",
            Evidence.Join($"{situation.Impact.Locks[0].Mode} lock until the migration commits", Evidence.Of(situation.Impact.Basis)),
            situation.Engine.Online.Detach?.Invoke(detach, situation.State)
                ?? Cure.Text($"Apply it when nobody uses {detach.Table}, and review it with {FactSheet.NoTrafficFlag}: no form of it lets them through"));
    }
}
