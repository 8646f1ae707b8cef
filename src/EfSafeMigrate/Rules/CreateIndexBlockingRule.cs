using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class CreateIndexBlockingRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "An index is built while writers wait";
    public override string Condition => "An index is created on a table that exists already, in a form that locks the table for the build.";
    public override string Effect => "Every INSERT, UPDATE and DELETE on the table waits until the whole index is built. Requests pile up behind them and time out.";
    public override string Workaround => "Build the index in the engine's online form, in a migration of its own.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not CreateIndex create || !situation.Impact.Work.HasFlag(Work.IndexBuild) || !situation.StopsTraffic
            || situation.Engine.OneWriter || Demands.AreTheCause(situation) || NeedlessRebuild.Of(situation) is not null)
        {
            yield break;
        }
        var stopped = Say.Stopped(situation.Impact, situation.Engine);
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"Building {create.Index.Name} on {Say.Sized(create.Table, situation.Table)} stops {stopped} {Say.For(situation.Estimate, "the build")}.",
            Evidence.Of(situation, "the build"),
            situation.Engine.Online.Index?.Invoke(create, situation.State)
                ?? Cure.Text($"Apply it when nobody writes to {create.Table}, and review it with {FactSheet.NoTrafficFlag}: no form of it lets writers through"));
    }
}
