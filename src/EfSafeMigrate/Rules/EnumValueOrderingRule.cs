using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class EnumValueOrderingRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "An enum value gets the last place";
    public override string Condition => "A value is added to an enum type without BEFORE or AFTER.";
    public override string Effect => "The new value sorts behind all others, and its place cannot be changed later: ORDER BY and comparisons follow it.";
    public override string Workaround => "Say where the value stands, with BEFORE or AFTER.";
    public override bool OnRequest => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddEnumValue { Positioned: false } add
            || situation.Before.Enums.FirstOrDefault(type => type.Name == add.Type)?.Values.Contains(add.Value) == true)
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Safe,
            $"{add.Type} gets '{add.Value}' behind all its values, and the order of an enum type is fixed.",
            "values of an enum type sort in the order of their places",
            Cure.Text($"Say the place of '{add.Value}' with BEFORE or AFTER"));
    }
}
