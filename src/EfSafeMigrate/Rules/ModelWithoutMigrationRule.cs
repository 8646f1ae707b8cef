using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class ModelWithoutMigrationRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "The model has changes that no migration holds";
    public override string Condition => "With --base: the model that was built differs from the snapshot.";
    public override string Effect =>
        "The release reads and writes what no database has. EF Core 9 and later refuse to migrate such a model: PendingModelChangesWarning is an error.";
    public override string Workaround => "Add the migration, and commit it with the change of the model.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is UnmigratedModel model)
        {
            yield return Find(
                situation,
                Severity.Dangerous,
                $"The model has {"change".ToQuantity(model.Operations)} that no migration holds: the release uses what no database has{(model.Refused ? ", and Migrate throws PendingModelChangesWarning" : "")}.",
                $"EF Core {model.EfVersion} compared the model with the snapshot",
                Cure.Text("dotnet safe-migrate add NAME, and commit what it writes"));
        }
    }
}
