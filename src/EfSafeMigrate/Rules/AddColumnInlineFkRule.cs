using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class AddColumnInlineFkRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A column is added with its foreign key in one statement";
    public override string Condition => "A column is added with REFERENCES to a table that exists already.";
    public override string Effect => "Both tables are locked by one statement until the migration commits. Where the column has a default every row is looked up under those locks, and some engines copy the table for the key.";
    public override string Workaround => "Add the column alone, index it, and add the foreign key in the engine's unvalidated form; validate it in a migration of its own.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddColumn add || add.Inline.OfType<AddForeignKey>().FirstOrDefault() is not { ForeignKey: var key } || !situation.StopsTraffic)
        {
            yield break;
        }
        var works = InlineWork.IsOfConstraint(situation, add, Work.Scan | Work.Rewrite);
        var locked = situation.Impact.Locks.Where(taken => taken.Table.Matches(key.Principal) && taken.Blocks != Blocks.Nothing && !situation.IsNew(taken.Table) && !taken.Table.Matches(add.Table)).ToList();
        var isShort = FkLocksReferencedTableRule.IsShort(situation);
        if (!works && (locked.Count == 0 || isShort))
        {
            yield break;
        }
        yield return works
            ? Find(
                situation,
                Sizes.OfBlocking(situation),
                $"{add.Column.Name} is added to {Say.Sized(add.Table, situation.Table)} with a foreign key to {key.Principal}: every row is {(situation.Impact.Work.HasFlag(Work.Rewrite) ? "copied" : "looked up")} in the same statement, which stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the work")}.",
                Evidence.Of(situation, "the work"),
                Cure.Text(situation.Engine.Online.ForeignKey is null
                    ? $"Add {add.Column.Name} alone; add the foreign key when nobody writes to {add.Table} or {key.Principal}, and review it with {FactSheet.NoTrafficFlag}: no form of it lets writers through"
                    : $"Add {add.Column.Name} alone, then the foreign key NOT VALID, and validate it in a migration of its own"))
            : Find(
                situation,
                Severity.Careful,
                $"{add.Column.Name} references {key.Principal}: no row is checked, but {add.Table} is locked, and writes to {key.Principal} wait with it until the migration commits.",
                Evidence.Join($"{locked[0].Mode} lock on {key.Principal} until the migration commits", Evidence.Of(situation.Impact.Basis)),
                Cure.Text($"Add {add.Column.Name} alone; add the foreign key to {key.Principal} in a migration that holds nothing slow and begins with a lock timeout: SET LOCAL lock_timeout = '2s'"));
    }
}
