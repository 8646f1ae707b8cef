using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class RenamedMigrationRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "A migration of the base branch has another id";
    public override string Condition => "A migration that the base branch has is gone, and a new one has its name or its content.";
    public override string Effect =>
        "The id is what a database remembers. One that has run the migration under its old id runs it again under the new one, and fails on what exists.";
    public override string Workaround => "Give it back its id: the attribute of its Designer and the names of its two files.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is RenamedMigration renamed)
        {
            yield return Find(
                situation,
                Severity.Dangerous,
                $"{renamed.Old} of {renamed.Base} is called {situation.Migration.SpokenId} here: a database that has run it runs it once more, and fails on what exists.",
                "EF knows a migration by its id",
                Cure.Text($"Give it back its id {renamed.Old}: git restore --source={renamed.Base} -- {string.Join(' ', renamed.Files.Select(ShellWord.Of))}, and delete the files of {situation.Migration.SpokenId}"));
        }
    }
}
