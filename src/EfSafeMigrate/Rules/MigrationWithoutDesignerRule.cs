using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class MigrationWithoutDesignerRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "A migration without its model";
    public override string Condition => "A migration carries its attributes, and no part of it has BuildTargetModel.";
    public override string Effect =>
        "EF writes its SQL without knowing the types and names of the model, and when the migration behind it is removed, dotnet ef makes the snapshot empty: the next migration creates every table once more.";
    public override string Workaround => "Add migrations with dotnet ef migrations add, an empty one for SQL of your own.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is ModellessMigration)
        {
            var name = situation.Migration.Spoken;
            yield return Find(
                situation,
                Severity.Careful,
                $"{name} has no BuildTargetModel: removing the migration behind it makes the snapshot empty.",
                "dotnet ef writes the snapshot from the last migration's Designer",
                Cure.Text($"Move its Up and Down into the migration that dotnet ef migrations add {name} writes; an empty one comes of a model without changes"));
        }
    }
}
