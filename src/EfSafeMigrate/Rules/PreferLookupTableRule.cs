using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class PreferLookupTableRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "An enum type is created";
    public override string Condition => "A migration creates an enum type.";
    public override string Effect => "A value can be added and renamed but never removed, and each change of the list is a migration that the running release has to know.";
    public override string Workaround => "Keep the values in a table with a foreign key, or as text with a CHECK constraint.";
    public override bool OnRequest => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not CreateEnum create)
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Safe,
            $"{create.Type.Name} is an enum type: its values can never be removed.",
            $"{situation.Engine.Name} has no statement that removes a value",
            Cure.Text($"Keep the values of {create.Type.Name} in a table with a foreign key to it, or as text with a CHECK constraint"));
    }
}
