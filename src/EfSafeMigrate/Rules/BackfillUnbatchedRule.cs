using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class BackfillUnbatchedRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "One statement changes the rows of a whole table";
    public override string Condition => "An UPDATE or DELETE that somebody wrote reaches every row of an existing table, or rows that no key or range with two ends narrows down.";
    public override string Effect => "Every row it changes stays locked until the transaction ends. It bloats the table and its log, replicas fall behind, and stopped halfway it has done nothing.";
    public override string Workaround => "Change the rows in batches by key, each in its own transaction.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!RowWork.IsLarge(situation) || situation.Impact.Blocks == Blocks.Nothing || situation.Facts.NoTraffic)
        {
            yield break;
        }
        var stopped = situation.Engine.OneWriter ? Say.Stopped(situation.Impact, situation.Engine) : $"every UPDATE and DELETE of the same rows of {situation.Change.Target}";
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{LastingWork.Of(situation)} changes rows in place and stops {stopped} {Say.For(situation.Estimate, "the work")}.",
            Evidence.Of(situation, "the work"),
            Cure.Text("Do it in batches by key, each in its own transaction"));
    }
}
