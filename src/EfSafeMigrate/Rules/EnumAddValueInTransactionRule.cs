using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class EnumAddValueInTransactionRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "An enum value is added inside a transaction";
    public override string Condition => "ALTER TYPE … ADD VALUE stands in a migration's transaction, on a version that allows it outside only.";
    public override string Effect => "The migration fails on every server of that version.";
    public override string Workaround => "Give the statement suppressTransaction: true, in a migration that holds nothing else.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!EnumValues.IsAddedInTransaction(situation) || situation.Change is not AddEnumValue add)
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Dangerous,
            $"ALTER TYPE {add.Type} ADD VALUE '{add.Value}' fails in {situation.Migration.Spoken}: {situation.Engine.Name} {situation.State.Version} adds a value outside a transaction only.",
            Evidence.Of(situation.Impact.Basis),
            Cure.Text("Give it suppressTransaction: true, in a migration that holds nothing else"));
    }
}
