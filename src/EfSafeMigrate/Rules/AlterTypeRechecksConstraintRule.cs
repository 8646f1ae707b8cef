using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class AlterTypeRechecksConstraintRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A type change that is free tests a CHECK on every row";
    public override string Condition => "A column's type changes without a rewrite, and a CHECK constraint mentions the column.";
    public override string Effect => "The rows stay as they are, but the engine tests the constraint on each of them, under the lock of the ALTER TABLE: reads and writes wait for the scan.";
    public override string Workaround => "Drop the constraint, change the type and add the constraint unvalidated in one migration, and validate it in the next.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AlterColumn { ChangesType: true } alter || situation.Impact.Work != Work.Scan
            || situation.Impact.FailsIf.HasFlag(FailsIf.NullsExist) || !situation.StopsTraffic)
        {
            yield break;
        }
        var checks = situation.Before.Find(alter.Table)?.Checks.Where(check => check.Sql.Mentions(alter.New.Name)).Select(check => check.Name ?? $"CHECK ({check.Sql})").ToArray() ?? [];
        if (checks.Length == 0)
        {
            yield break;
        }
        var names = Say.List(checks);
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"Changing {alter.Table}.{alter.New.Name} to {alter.New.Type} keeps the rows, but {names} {(checks.Length == 1 ? "is" : "are")} tested on every row of {Say.Sized(alter.Table, situation.Table)} and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the scan")}.",
            Evidence.Of(situation, "the scan"),
            Cure.Text($"In one migration drop {names}, change the type, and add {names} again NOT VALID; validate {(checks.Length == 1 ? "it" : "them")} in the next one"));
    }
}
