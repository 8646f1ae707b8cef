using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class ValidateLongScanRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "Validating a constraint takes its time";
    public override string Condition => "VALIDATE CONSTRAINT runs alone on a table that is not known to be small.";
    public override string Effect => "Readers and writers go on, but every row is read: it takes long, a statement timeout ends it for nothing, and other changes of the schema and VACUUM wait behind it.";
    public override string Workaround => "Run it off-peak, in a session without a statement timeout.";
    public override bool OnRequest => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not ValidateConstraint validate || !situation.Impact.Lasting || Sizes.IsSmall(situation.Table))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Safe,
            $"Validating {validate.Name} reads every row of {Say.Sized(validate.Table, situation.Table)}; readers and writers go on, VACUUM and other changes of the table wait {Say.For(situation.Estimate, "the scan")}.",
            Evidence.Of(situation, "the scan"),
            Cure.Text("Run it off-peak, without a statement timeout"));
    }
}
