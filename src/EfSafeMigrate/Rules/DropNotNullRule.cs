using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DropNotNullRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "A required column becomes nullable under the running release";
    public override string Condition => "A column that the running release maps as required becomes nullable.";
    public override string Effect => "Nothing is lost and nobody waits, but the running release reads the column as a value that is always there. It fails on the first row in which the new release writes NULL.";
    public override string Workaround => "Deploy a release that reads NULL first: its model has the column nullable, with the operation left out of the migration. Make the column nullable by SQL in a later one.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AlterColumn { BecomesOptional: true, New: { ComputedSql: null } column } alter || situation.Migration.Phase is not null
            || situation.IsNew(alter.Table, column.Name) || Retired.Column(situation, alter.Table, column.Name))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Careful,
            $"{alter.Table}.{column.Name} becomes nullable: the running release reads it as required and fails on the first row that holds NULL.",
            "EF reads a required property without asking for NULL",
            Cure.Text($"First deploy a release whose model has {column.Name} nullable, with the operation left out; then make the column nullable by SQL in a later migration"));
    }
}
