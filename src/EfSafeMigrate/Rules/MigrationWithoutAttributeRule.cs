using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class MigrationWithoutAttributeRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "A migration that EF never runs";
    public override string Condition => "A class derives from Migration, and no part of it carries [Migration] or [DbContext]; most often its Designer file is missing.";
    public override string Effect => "EF finds migrations by these attributes. The class compiles, nothing lists it, and its changes reach no database.";
    public override string Workaround => "Restore the Designer file, or delete the class.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is IgnoredMigration ignored)
        {
            yield return Find(
                situation,
                Severity.Careful,
                $"EF never runs {ignored.Class}: no part of the class carries {ignored.Missing}.",
                "EF finds migrations by the two attributes of their Designer file · EF Core 8–10",
                Cure.Text($"Restore the Designer file of {ignored.Class} or write the attributes at the class; delete the class when it is not wanted"));
        }
    }
}
