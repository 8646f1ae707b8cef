using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class AddFkValidatingRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A foreign key is checked for every row while two tables are locked";
    public override string Condition => "A foreign key is added to a table that exists already and is validated at once.";
    public override string Effect =>
        "The engine compares every row with the referenced table and stops the writes of both tables until it is done. One orphan fails the migration.";
    public override string Workaround => "Add the foreign key unvalidated, which takes an instant, and validate it in a migration of its own.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddForeignKey { ForeignKey.Validated: true, NotEnforced: false } add || (situation.Impact.Work & (Work.Scan | Work.Rewrite)) == 0 || situation.Impact.Blocks == Blocks.Nothing || situation.IsRebuild)
        {
            yield break;
        }
        var key = add.ForeignKey;
        var copies = situation.Impact.Work.HasFlag(Work.Rewrite);
        var answer = situation.Probe(ProbeKind.Orphans, key.Columns);
        if (situation.Facts.NoTraffic && Probed.Holds(answer))
        {
            yield break;
        }
        var orphans = Probed.Of(situation, answer, "orphans", $"one row without its {key.Principal} row makes it fail");
        var stopped = Say.Stopped(situation.Impact, situation.Engine);
        yield return Find(
            situation,
            answer is { Found: > 0 } ? Severity.Dangerous : Sizes.OfBlocking(situation),
            $"Adding {key.Name ?? "the foreign key"} {(copies ? "copies" : "checks")} every row of {Say.Sized(add.Table, situation.Table)}{(copies ? "" : $" against {key.Principal}")} and stops {stopped} {Say.For(situation.Estimate, copies ? "the copy" : "the check")}; {orphans}.",
            Evidence.Of(situation, copies ? "the copy" : "the check"),
            situation.Engine.Online.ForeignKey?.Invoke(add, situation.State)
                ?? Cure.Text($"Apply it when nobody writes to {add.Table} or {key.Principal}, and review it with {FactSheet.NoTrafficFlag}: no form of it lets writers through")) with { Answer = answer };
    }
}
