using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed partial class LastingLockRule : Rule
{
    private const Work OverRows = Work.Scan | Work.IndexBuild | Work.Rewrite | Work.RowChanges;

    public override Category Category => Category.Blocking;
    public override string Title => "Others wait while a table's rows are worked through";
    public override string Condition =>
        "A change that no other rule speaks of reads, writes or sorts the rows of an existing table under a lock that stops writers or everybody, or takes such a lock for the rest of the transaction.";
    public override string Effect => "The lock lasts as long as the work, and the work grows with the table. Requests pile up behind it and time out.";
    public override string Workaround => "Use the engine's form that lets traffic through, split the work into batches, or apply it when nobody uses the table.";
    public override bool OnlyWhenSilent => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        var impact = situation.Impact;
        var change = situation.Change;
        if (impact.Blocks == Blocks.Nothing || ((impact.Work & OverRows) == 0 && change is not LockTable) || IsElsewhere(situation) || IsFew(situation)
            || (situation.Facts.NoTraffic && !impact.FailsIf.HasFlag(FailsIf.ViolationsExist)))
        {
            yield break;
        }
        var stopped = Say.Stopped(impact, situation.Engine);
        var until = change is LockTable ? "until the transaction ends" : Say.For(situation.Estimate, "the work");
        var fails = impact.FailsIf.HasFlag(FailsIf.ViolationsExist) ? "; one row that breaks the rule makes it fail" : "";
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{LastingWork.Of(situation)} {Does(impact)} and stops {(change is UpdateRows or DeleteRows && !situation.Engine.OneWriter ? $"every UPDATE and DELETE of the same rows of {change.Target}" : stopped)} {until}{fails}.",
            change is LockTable ? Evidence.Join($"{impact.Locks[0].Mode} lock until the transaction ends", Evidence.Of(impact.Basis)) : Evidence.Of(situation, "the work"),
            change is AddCheckConstraint check && situation.Engine.Online.Check?.Invoke(check, situation.State) is { } online ? online : LastingWork.Cure(situation));
    }

    private static string Does(Impact impact) =>
        impact.Work.HasFlag(Work.Rewrite) ? "writes every row anew"
        : impact.Work.HasFlag(Work.IndexBuild) ? "builds an index over every row"
        : impact.Work.HasFlag(Work.RowChanges) ? "changes rows in place"
        : impact.Work.HasFlag(Work.Scan) ? "reads every row"
        : "waits for everybody who uses the table";

    /// <summary>What another rule says of the copy, of the provider's own UPDATE or of a table that is to go.</summary>
    private static bool IsElsewhere(Situation situation) =>
        situation.IsRebuild
        || Recomputed.IsAdded(situation) || Recomputed.IsCarriedOut(situation)
        || (situation.Change is UpdateRows && situation.Change.Origin.Emitted)
        || situation.Change is DropTable
        || situation.Change is RefreshView { Concurrently: true };

    /// <summary>Rows found through an index, by values or by a range that has two ends.</summary>
    private static bool IsFew(Situation situation) =>
        (situation.Impact.Work & OverRows & ~Work.Scan) == Work.RowChanges
        && ((situation.Change as UpdateRows)?.Where ?? (situation.Change as DeleteRows)?.Where) is { } where && Bounded().IsMatch(where)
        && (!situation.Impact.Work.HasFlag(Work.Scan) || IsByKey(situation, where));

    /// <summary>Where the look for the rows holds the lock as well, only the key spares the rest of the table.</summary>
    private static bool IsByKey(Situation situation, string where) =>
        situation.Before.Find(situation.Change.Target!)?.PrimaryKey is { Columns: [var first, ..] } && where.MentionsColumn(first);

    [GeneratedRegex(@"\bBETWEEN\b.+\bAND\b|=|\bIN\s*\(", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Bounded();
}
