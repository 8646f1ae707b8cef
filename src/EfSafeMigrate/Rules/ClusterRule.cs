using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class ClusterRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "CLUSTER shuts the table while it is sorted";
    public override string Condition => "CLUSTER is run on a table that exists already, or on all of them.";
    public override string Effect => "Every row is written anew in the order of the index, and every index is built anew, while nobody reads or writes the table.";
    public override string Workaround => "Apply it when nobody uses the table, or sort it online with pg_repack, outside the migrations.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not (SetTableOption { Option: "CLUSTER" } or OtherStatement { Verb: "CLUSTER" })
            || !situation.Impact.Work.HasFlag(Work.Rewrite) || !situation.StopsTraffic)
        {
            yield break;
        }
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{LastingWork.Of(situation)} writes every row anew and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the work")}.",
            Evidence.Of(situation, "the work"),
            Cure.Text($"Apply it when nobody uses {situation.Change.Target?.ToString() ?? "the database"}, and review it with {FactSheet.NoTrafficFlag}: no form of it lets them through"));
    }
}
