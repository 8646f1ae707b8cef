using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class ReindexBlockingRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "Indexes are built anew while writers wait";
    public override string Condition => "REINDEX is run without CONCURRENTLY, or with the option switched off.";
    public override string Effect => "Writes of the table wait until every index is built, and reads wait as well: planning a query locks every index of its tables.";
    public override string Workaround => "Use REINDEX CONCURRENTLY, outside a transaction.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not Reindex reindex || !situation.Impact.Lasting || !situation.StopsTraffic || situation.Engine.OneWriter)
        {
            yield break;
        }
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{LastingWork.Of(situation)} builds {(reindex.Index is null ? "every index" : "it")} anew and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the build")}.",
            Evidence.Of(situation, "the build"),
            situation.Engine.Online.Reindex?.Invoke(reindex, situation.State)
                ?? Cure.Text(situation.Impact.OnlineForm is { } form ? $"Use {form}" : $"Apply it when nobody uses the tables, and review it with {FactSheet.NoTrafficFlag}"));
    }
}
