using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class EnumValueUsedInSameTransactionRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "A new enum value is used before it is committed";
    public override string Condition => "A value is added to an enum type that exists already, and a later statement of the same transaction uses it.";
    public override string Effect => "The engine refuses the value until the transaction that added it has committed: the migration fails.";
    public override string Workaround => "Add the value in one migration and use it in the next.";

    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (EnumValues.Unusable(situation) is not { } value)
        {
            yield break;
        }
        var on = situation.Change.Target is { } table ? $" of {table}" : "";
        yield return Find(
            situation,
            Severity.Dangerous,
            $"'{value}' is added to its enum type earlier in {situation.Migration.Spoken} and used here{on}: {situation.Engine.Name} refuses it until the migration has committed.",
            Evidence.Of(situation.Impact.Basis),
            Cure.Text($"Add '{value}' in a migration before, and use it in this one"));
    }
}
