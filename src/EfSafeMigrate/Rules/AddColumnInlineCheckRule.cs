using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class AddColumnInlineCheckRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A column is added with its CHECK in one statement";
    public override string Condition => "A column is added with CHECK to a table that exists already, and the engine tests every row at once.";
    public override string Effect => "Every row is read, or the table is copied, under a lock that stops its traffic, although the new column holds one value. A default that breaks the rule fails the migration.";
    public override string Workaround => "Add the column alone, add the constraint in the engine's unvalidated form, and validate it in a migration of its own.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddColumn { Column.ComputedSql: null } add || add.Inline.OfType<AddCheckConstraint>().FirstOrDefault() is not { Check: var check } constraint
            || !InlineWork.IsOfConstraint(situation, add, Work.Scan | Work.Rewrite))
        {
            yield break;
        }
        var copied = situation.Impact.Work.HasFlag(Work.Rewrite);
        var fails = situation.Impact.FailsIf.HasFlag(FailsIf.ViolationsExist) && add.Column.Default is { } given ? $"; it fails when {given.Sql} breaks the rule" : "";
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{add.Column.Name} is added with CHECK ({check.Sql}): every row of {Say.Sized(add.Table, situation.Table)} is {(copied ? "copied" : "read")}, which stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, copied ? "the copy" : "the scan")}{fails}.",
            Evidence.Of(situation, copied ? "the copy" : "the scan"),
            Cure.Text(situation.Engine.Online.Check is not null
                ? $"Add {add.Column.Name} alone, then {check.Name ?? "the constraint"} NOT VALID, and validate it in a migration of its own"
                : $"Add {add.Column.Name} without the CHECK, and let the release keep to {check.Sql}: no form of {(constraint.NotEnforced ? "it" : "the constraint")} lets writers through"));
    }
}
