using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class AlterColumnCollationRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A column's collation changes, and its indexes are built again";
    public override string Condition => "A column keeps its type and gets another collation, and the engine has to sort its indexes anew or copy the table.";
    public override string Effect => "The order of the values changes with the collation, so every index on the column is built again while reads and writes wait. Comparisons of the running release change their meaning.";
    public override string Workaround => "Drop the indexes concurrently first and build them concurrently afterwards, or add a column with the new collation beside the old one.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AlterColumn { ChangesType: false, ChangesCollation: true } alter
            || (situation.Impact.Work & (Work.IndexBuild | Work.Rewrite)) == 0 || !situation.StopsTraffic || situation.IsRebuild)
        {
            yield break;
        }
        var indexes = Reindexing.Indexes(situation, alter);
        var rewrites = situation.Impact.Work.HasFlag(Work.Rewrite);
        var does = rewrites ? $"copies {Say.Sized(alter.Table, situation.Table)}" : $"builds {(indexes.Count == 0 ? "its indexes" : Say.List(indexes))} on {Say.Sized(alter.Table, situation.Table)} again";
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"The collation {alter.New.Collation ?? "of the type"} for {alter.Table}.{alter.New.Name} {does} and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, rewrites ? "the copy" : "the build")}.",
            Evidence.Of(situation, rewrites ? "the copy" : "the build"),
            Reindexing.Cure(situation, alter, "the collation"));
    }
}
