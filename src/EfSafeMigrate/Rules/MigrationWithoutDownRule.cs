using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class MigrationWithoutDownRule : Rule
{
    public override Category Category => Category.Irreversible;
    public override string Title => "A new migration without a Down";
    public override string Condition => "A migration that the branch adds changes something; it has no Down, or one that is empty and does not say why.";
    public override string Effect =>
        "An empty Down takes the migration out of the history and leaves the schema as it is: the next update fails on what exists. Without one EF throws.";
    public override string Workaround => "Write what undoes it, or say in a comment in Down why nothing does.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is DownlessMigration down)
        {
            var name = situation.Migration.Spoken;
            yield return Find(
                situation,
                Severity.Careful,
                down.Empty ? $"The Down of {name} is empty: going back takes it out of the history and leaves its changes, and the next update fails on them."
                    : $"{name} has no Down: EF throws when somebody goes back.",
                "the migration's source",
                Cure.Text($"Write what undoes {name} into its Down, or say in a comment in it why nothing does"));
        }
    }
}
