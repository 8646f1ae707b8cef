using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class AddCheckValidatingRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A CHECK is tested on every row while the table is locked";
    public override string Condition => "A CHECK constraint is added to a table that exists already and is validated at once.";
    public override string Effect => "Every row is read under a lock that stops writers, on most engines readers too. One row that breaks the rule fails the migration.";
    public override string Workaround => "Add the constraint unvalidated, which takes an instant, and validate it in a migration of its own.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddCheckConstraint { Check.Validated: true, NotEnforced: false } add
            || !situation.Impact.Lasting || situation.Impact.Blocks == Blocks.Nothing || situation.IsRebuild)
        {
            yield break;
        }
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{LastingWork.Of(situation)} {(situation.Impact.Work.HasFlag(Work.Rewrite) ? "writes every row anew" : "reads every row")} and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the check")}; one row that breaks it makes it fail.",
            Evidence.Of(situation, "the check"),
            situation.Engine.Online.Check?.Invoke(add, situation.State)
                ?? Cure.Text($"Correct the rows that break it, apply it when nobody uses {add.Table}, and review it with {FactSheet.NoTrafficFlag}: no form of it lets writers through"));
    }
}
