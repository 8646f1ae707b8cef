using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class MysqlInplaceRebuildRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A table is written anew while traffic goes on";
    public override string Condition => "A change that no other rule speaks of rebuilds a table that is not known to be small, without stopping anybody.";
    public override string Effect =>
        "The disk has to hold the table a second time. Writes of the meantime are kept in a log of limited size (innodb_online_alter_log_max_size); when it is full the rebuild fails. Replicas repeat it and fall behind.";
    public override string Workaround => "Apply it when the server is quiet, with room on the disk, or use a tool that copies in the background.";
    public override bool OnlyWhenSilent => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!situation.Engine.RebuildsInPlace || situation.Change.Target is not { } table || !situation.Impact.Work.HasFlag(Work.Rewrite)
            || situation.Impact.Blocks != Blocks.Nothing || situation.Facts.NoTraffic || Sizes.IsSmall(situation.Table)
            || situation.Earlier.TakeLast(situation.Change.Action).Any(beside => beside.Impact.Work.HasFlag(Work.Rewrite)))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Careful,
            $"{LastingWork.Of(situation)} writes every row and index anew while traffic goes on: the disk has to hold {table} twice, and replicas repeat it.",
            Evidence.Of(situation, "the rebuild"),
            Cure.Text($"Apply it when the server is quiet and its disk has room for a second {table}, and review it with {FactSheet.NoTrafficFlag}"));
    }
}
