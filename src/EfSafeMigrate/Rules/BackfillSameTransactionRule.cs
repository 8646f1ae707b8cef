using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class BackfillSameTransactionRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "Rows are changed while the transaction stops the readers of a table";
    public override string Condition => "A change in the same transaction has locked a table against reads, and an UPDATE, DELETE or INSERT … SELECT over many rows follows.";
    public override string Effect => "Locks stay until the migration commits. The instant for which ALTER TABLE needs its lock becomes the whole length of the backfill, and nobody reads the table meanwhile.";
    public override string Workaround => "Change the rows in a migration of its own, in batches, outside a transaction.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Facts.NoTraffic || !(Copied.From(situation).Count > 0 || (!situation.IsOnNewTable && RowWork.IsLarge(situation))))
        {
            yield break;
        }
        var held = Held.AgainstReaders(situation);
        if (held.Count == 0)
        {
            yield break;
        }
        var tables = Held.Spoken(held);
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{tables} {(held.Count == 1 ? "is" : "are")} under {held[0].Mode} since an earlier change of {situation.Migration.Spoken}; until {LastingWork.Of(situation)} ends, reads of {tables} wait as well.",
            Evidence.Join($"{held[0].Mode} lock until the migration commits", Evidence.Of(situation.Impact.Basis)),
            Cure.Text($"Move it into a migration of its own behind {situation.Migration.Spoken}, in batches, outside a transaction"));
    }
}
