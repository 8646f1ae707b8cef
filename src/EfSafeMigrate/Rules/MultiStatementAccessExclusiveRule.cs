using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class MultiStatementAccessExclusiveRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "Work over rows goes on while the transaction stops the readers of a table";
    public override string Condition => "A change in the same transaction has locked a table against reads, and a later one works through rows that its own lock would leave readable.";
    public override string Effect => "Locks stay until the migration commits. The instant for which the first change needs its lock becomes the whole length of the work.";
    public override string Workaround => "Give the work a migration of its own.";
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!situation.Impact.Lasting || situation.Facts.NoTraffic || IsElsewhere(situation))
        {
            yield break;
        }
        var own = situation.Impact.Locks.Where(taken => taken.Blocks == Blocks.ReadsAndWrites).Select(taken => taken.Table).ToHashSet();
        var held = Held.AgainstReaders(situation).Where(taken => !own.Contains(taken.Table)).ToList();
        if (held.Count == 0)
        {
            yield break;
        }
        var tables = Held.Spoken(held);
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{tables} {(held.Count == 1 ? "is" : "are")} under {held[0].Mode} since an earlier change of {situation.Migration.Spoken}. {LastingWork.Of(situation)} works through rows, and reads of {tables} wait {Say.For(situation.Estimate, "the work")}.",
            Evidence.Join($"{held[0].Mode} lock until the migration commits", Evidence.Of(situation.Impact.Basis)),
            Cure.Text($"Move what works through rows into a migration of its own, behind {situation.Migration.Spoken}"));
    }

    /// <summary>What other rules say of indexes, rows and validation behind such a lock.</summary>
    private static bool IsElsewhere(Situation situation) =>
        situation.IsRebuild || situation.Change is CreateIndex or UpdateRows or DeleteRows or InsertRows or ValidateConstraint or AlterColumn { New.Nullable: false, ChangesType: false, Clause: null };
}
