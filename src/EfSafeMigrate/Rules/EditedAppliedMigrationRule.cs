using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class EditedAppliedMigrationRule : Rule
{
    private const string Text = EditedMigration.Text;

    public override Category Category => Category.Hygiene;
    public override string Title => "A migration of the base branch was edited";
    public override string Condition => "The class of a migration that the base branch has, too, does something else here. Layout, comments, usings, the namespace and the Designer do not count.";
    public override string Effect =>
        "A database that has applied the migration never runs it again: the edit reaches new databases only, and the two differ from then on.";
    public override string Workaround => "Restore the migration, and write the change as a migration of its own.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is EditedMigration edited)
        {
            var down = edited.Member == "Down";
            var name = situation.Migration.Spoken;
            yield return Find(
                situation,
                down ? Severity.Careful : Severity.Dangerous,
                down ? $"{name} is on {edited.Base} with another Down: the way back from it is no longer the one that was reviewed there."
                    : $"{name} is on {edited.Base} already, and {Part(edited.Member)} differs from it here: a database that has run it never gets the difference.",
                $"the migration's {(edited.Member == Text ? "file" : "class")}, compared with {edited.Base}",
                Cure.Text($"git restore --source={edited.Base} -- {ShellWord.Of(situation.Change.Origin.File ?? "")}{(down ? "   unless the new Down is meant" : "   then write the change as a new migration")}"));
        }
    }

    private static string Part(string member) => member is "Up" or Text ? $"its {member}" : $"{member}, which it uses,";
}
