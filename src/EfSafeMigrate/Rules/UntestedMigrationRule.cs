using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class UntestedMigrationRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "No test names the migration";
    public override string Condition =>
        "Where the settings ask for it with `gates.untestedMigration`: no file and no class in the solution's test projects is named after the migration, and none names it or its id. `warn` makes it careful, `fail` dangerous.";
    public override string Effect => "Whether the migration runs, keeps the rows and can be taken back is seen for the first time where it counts.";
    public override string Workaround => "Write the migration with `add NAME --with-test`, or a test of your own that names it.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is UntestedMigration untested)
        {
            yield return Find(
                situation,
                untested.Fails ? Severity.Dangerous : Severity.Careful,
                $"No test names {situation.Migration.Spoken}: whether it runs and can be taken back is seen for the first time in use.",
                "the test projects of the solution",
                Cure.Text($"Write a test that names {situation.Migration.SpokenId}; add NAME --with-test writes one with the migration"));
        }
    }
}
