using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class ChangeTypeAndNullTogetherRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "One operation changes a type and makes the column required";
    public override string Condition => "An AlterColumn changes the type of a column and makes it required at once.";
    public override string Effect => "The provider emits one statement for each in the same transaction. What is safe for one of them does not help the other: a type change that takes an instant holds its lock through the scan for NULL.";
    public override string Workaround => "Split the operation: each half then takes its own safe form, in a migration of its own.";
    public override bool OnRequest => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AlterColumn { ChangesType: true, BecomesRequired: true } alter || !situation.Impact.FailsIf.HasFlag(FailsIf.NullsExist) || situation.IsRebuild)
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Safe,
            $"{alter.Table}.{alter.New.Name} becomes {alter.New.Type} and required in one operation: both happen under one lock, and each has a safe form of its own.",
            Evidence.Of(situation.Impact.Basis),
            Cure.Text($"Change the type of {alter.New.Name} in one migration, and make it required in later ones"));
    }
}
