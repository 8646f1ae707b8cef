using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class AlterTypeIndexedCitextRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A column stops or starts to tell upper from lower case, and its indexes are built again";
    public override string Condition => "A column with an index changes between a text type and the one that is compared without case.";
    public override string Effect => "The rows stay as they are, but every index on the column is built again while reads and writes wait. A unique index fails when two values differ in case only.";
    public override string Workaround => "Drop the indexes concurrently first and build them concurrently afterwards; look for values that differ in case only.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!Speaks(situation) || situation.Change is not AlterColumn alter)
        {
            yield break;
        }
        var indexes = Reindexing.Indexes(situation, alter);
        var unique = situation.Before.Find(alter.Table)?.Indexes.Any(index => index.Unique && index.Uses(alter.New.Name)) == true;
        var fails = unique && TypeNames.IsNamed(alter.New.Type, situation.Engine.CaselessText!, situation.Engine) ? "; two values that differ in case only make it fail" : "";
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"Changing {alter.Table}.{alter.New.Name} from {alter.Old!.Type} to {alter.New.Type} builds {(indexes.Count == 0 ? "its indexes" : Say.List(indexes))} on {Say.Sized(alter.Table, situation.Table)} again and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the build")}{fails}.",
            Evidence.Of(situation, "the build"),
            Reindexing.Cure(situation, alter, "the type"));
    }

    public static bool Speaks(Situation situation) =>
        situation is { Change: AlterColumn { ChangesType: true, Old: { } old } alter, Engine.CaselessText: { } caseless, StopsTraffic: true }
        && TypeNames.IsNamed(old.Type, caseless, situation.Engine) != TypeNames.IsNamed(alter.New.Type, caseless, situation.Engine)
        && (situation.Impact.Work & (Work.IndexBuild | Work.Rewrite)) == Work.IndexBuild;
}
