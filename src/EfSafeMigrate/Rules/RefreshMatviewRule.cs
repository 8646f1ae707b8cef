using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class RefreshMatviewRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A materialized view is shut while it is refreshed";
    public override string Condition => "REFRESH MATERIALIZED VIEW is run without CONCURRENTLY on a view that an earlier set created.";
    public override string Effect => "Every query of the view waits until its own query has run and every row is written anew.";
    public override string Workaround => "Use REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on the view.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not RefreshView { Concurrently: false } refresh || !situation.StopsTraffic
            || situation.EarlierInSet.Any(earlier => earlier is CreateView create && create.View.Matches(refresh.View)))
        {
            yield break;
        }
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{LastingWork.Of(situation)} writes every row anew and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the query")}.",
            Evidence.Of(situation, "the query"),
            situation.Engine.Online.Refresh?.Invoke(refresh, situation.State)
                ?? Cure.Text($"Give {refresh.View} a unique index, built in an earlier migration, and refresh it CONCURRENTLY"));
    }
}
