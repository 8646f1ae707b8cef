using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DropColumnRequiredNoDefaultRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "A required column without a default stands between two releases";
    public override string Condition => "A required column without a default is dropped.";
    public override string Effect => "Before the drop, a release that does not map the column any more cannot insert a row: the database asks for a value that nobody sends. After it, the old release fails. There is no order of the two that works.";
    public override string Workaround => "Give the column a default or make it nullable first. The release that does not map it can then run before the drop.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not DropColumn drop || situation.IsNew(drop.Table, drop.Name) || situation.Before.Find(drop.Table) is not { } table
            || table.Column(drop.Name) is not { Nullable: false, Default: null, Identity: false, ComputedSql: null })
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Careful,
            $"{drop.Table}.{drop.Name} is required and has no default: every INSERT of a release that does not map it fails until it is dropped.",
            "a release names the columns of its own model in INSERT",
            Cure.Text($"Give {drop.Name} a default or make it nullable in a migration before; then deploy the release that does not map it, and drop it in a later one"));
    }
}
