using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class AttachPartitionRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A partition is read whole before it is attached";
    public override string Condition => "A table with rows is attached as a partition, and no validated CHECK proves that its rows lie within the bounds, or those of the default partition outside them.";
    public override string Effect => "The table, and the default partition if there is one, are shut while every row of them is read. One row outside the bounds fails the migration.";
    public override string Workaround => "Give the table a CHECK that repeats the bounds, NOT VALID; validate it in the next migration; attach after that.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AttachPartition attach || !situation.Impact.Lasting || !situation.StopsTraffic)
        {
            yield break;
        }
        var shut = situation.Impact.Locks.Where(taken => taken.Blocks == Blocks.ReadsAndWrites && !situation.IsNew(taken.Table)).ToList();
        if (shut.Count == 0)
        {
            yield break;
        }
        var small = shut.TrueForAll(taken => Sizes.IsSmall(situation.Facts.Of(taken.Table)));
        var bounds = attach.Bounds is { } given ? $"FOR VALUES {given}" : "its bounds";
        yield return Find(
            situation,
            small ? Severity.Careful : Severity.Dangerous,
            $"Attaching {attach.Partition} to {attach.Table} reads every row of {Say.List([.. shut.Select(taken => Say.Sized(taken.Table, situation.Facts.Of(taken.Table)))])} and stops {Say.Stopped(Blocks.ReadsAndWrites, shut, situation.Engine)} until the scan ends; one row outside the bounds makes it fail.",
            Evidence.Join($"{shut[0].Mode} lock until the scan ends", Evidence.Of(situation.Impact.Basis)),
            Cure.Text($"Prove it beforehand: add to {attach.Partition} a CHECK that repeats {bounds}{(shut.Exists(taken => !taken.Table.Matches(attach.Partition)) ? ", and to the default partition one that excludes them" : "")}, NOT VALID; validate it in the next migration; attach after that"));
    }
}
