using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class SetNotNullScanRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A column becomes NOT NULL with a scan of the whole table";
    public override string Condition => "A nullable column becomes required and no validated constraint proves that it holds no NULL.";
    public override string Effect =>
        "The engine reads every row under a lock that stops the table's traffic. One NULL row fails the migration, and a running release that writes NULL fails afterwards.";
    public override string Workaround =>
        "Prove it first with a constraint that is added unvalidated and validated in a migration of its own. The column then becomes NOT NULL without a scan.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        var required = situation.Change switch
        {
            AlterColumn { New.Nullable: false } alter => alter.New.Name,
            AddNotNullConstraint { Validated: true } add => add.Column,
            _ => null,
        };
        var impact = situation.Impact;
        if (required is null || situation.Change.Target is not { } table || !impact.FailsIf.HasFlag(FailsIf.NullsExist)
            || !impact.Lasting)
        {
            yield break;
        }
        var answer = situation.Probe(ProbeKind.Nulls, required);
        var filled = NullFill.InSet(situation, table, required);
        if (situation.Facts.NoTraffic && (filled || Probed.Holds(answer)))
        {
            yield break;
        }
        var severity = answer is { Found: > 0 } && !filled ? Severity.Dangerous
            : impact.Blocks == Blocks.Nothing ? Severity.Careful
            : Sizes.OfBlocking(situation);
        var nulls = filled ? "the UPDATE before it fills the NULLs" : Probed.Of(situation, answer, "NULLs", $"one row with NULL in {required} makes it fail");
        var stop = situation.IsRebuild ? $"the copy of {Say.Sized(table, situation.Table)} refuses NULL"
            : impact.Blocks == Blocks.Nothing ? $"the check reads {Say.Sized(table, situation.Table)} while traffic goes on"
            : $"the check reads {Say.Sized(table, situation.Table)} and stops {Say.Stopped(impact, situation.Engine)} {Say.For(situation.Estimate, "the scan")}";
        yield return Find(
            situation,
            severity,
            $"{table}.{required} becomes NOT NULL: {stop}; {nulls}.",
            Evidence.Of(situation, situation.IsRebuild ? "the copy" : "the scan"),
            situation.Engine.Online.NotNull?.Invoke(table, required, situation.State)
                ?? Cure.Text($"Fill the NULL rows of {table}.{required} in a migration before it, and apply it when nobody uses {table}: review it with {FactSheet.NoTrafficFlag}")) with { Answer = answer };
    }
}
