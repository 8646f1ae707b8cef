using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class IrreversibleMigrationRule : Rule
{
    public override Category Category => Category.Irreversible;
    public override string Title => "There is no way back from a migration";
    public override string Condition => "A migration changes something, and its Down is empty or throws.";
    public override string Effect => "An empty Down takes the migration out of the history and leaves the schema as it is: the next update fails on what exists already. One that throws stops the way back where it stands.";
    public override string Workaround => "Write what undoes the migration into Down, or keep a release that runs on the new schema as the way back.";
    public override bool OnRequest => true;
    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Position > 0 || situation.Migration.NoWayBack is not { } why || situation.Migration.Changes.OfType<DownlessMigration>().Any())
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Safe,
            $"There is no way back from {situation.Migration.Spoken}: {why}.",
            "EF runs Down, and takes the migration out of the history when it ends",
            Cure.Text($"Write what undoes {situation.Migration.Spoken} into its Down, or say in it why nothing does"));
    }
}
