using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class LastingLockRule : Rule
{
    private const Work OverRows = Work.Scan | Work.IndexBuild | Work.Rewrite | Work.RowChanges;

    public override Category Category => Category.Blocking;
    public override string Title => "Others wait while a table's rows are worked through";
    public override string Condition =>
        "A change that no other rule speaks of reads, writes or sorts the rows of an existing table under a lock that stops writers or everybody.";
    public override string Effect => "The lock lasts as long as the work, and the work grows with the table. Requests pile up behind it and time out.";
    public override string Workaround => "Use the engine's form that lets traffic through, split the work into batches, or apply it when nobody uses the table.";
    public override bool OnlyWhenSilent => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        var impact = situation.Impact;
        if (impact.Blocks == Blocks.Nothing || (impact.Work & OverRows) == 0 || IsElsewhere(situation)
            || (situation.Facts.NoTraffic && !impact.FailsIf.HasFlag(FailsIf.ViolationsExist)))
        {
            yield break;
        }
        var stopped = Say.Stopped(impact, situation.Engine);
        var fails = impact.FailsIf.HasFlag(FailsIf.ViolationsExist) ? "; one row that breaks the rule makes it fail" : "";
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{LastingWork.Of(situation)} {Does(impact)} and stops {stopped} {Say.For(situation.Estimate, "the work")}{fails}.",
            Evidence.Of(situation, "the work"),
            LastingWork.Cure(situation));
    }

    private static string Does(Impact impact) =>
        impact.Work.HasFlag(Work.Rewrite) ? "writes every row anew"
        : impact.Work.HasFlag(Work.IndexBuild) ? "builds an index over every row"
        : impact.Work.HasFlag(Work.RowChanges) ? "changes rows in place"
        : "reads every row";

    /// <summary>What another rule says more of, or leaves alone with good reason.</summary>
    private static bool IsElsewhere(Situation situation) =>
        situation.IsRebuild
        || Recomputed.IsAdded(situation) || Recomputed.IsCarriedOut(situation)
        || situation.Change is DropTable or AttachPartition or RefreshView or UpdateRows or DeleteRows or LockTable or AlterDomain or DropIndex or AddExclusionConstraint;
}
