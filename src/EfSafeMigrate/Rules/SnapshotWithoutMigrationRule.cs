using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class SnapshotWithoutMigrationRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "The snapshot changed, and no migration was added";
    public override string Condition => "The snapshot says something else than the base branch's, and the branch adds no migration.";
    public override string Effect =>
        "dotnet ef migrations add finds nothing to do, because the snapshot has it already: no database ever gets the change. Most often the migration's file was not committed.";
    public override string Workaround => "Commit the migration, or restore the snapshot and add the migration again.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is SnapshotWithoutMigration snapshot)
        {
            yield return Find(
                situation,
                Severity.Dangerous,
                $"The snapshot differs from {snapshot.Base}'s in {Say.Some(snapshot.What)}, and no migration brings that about: no database ever gets it.",
                $"the snapshot, compared with {snapshot.Base}'s",
                Cure.Text($"Commit the migration that belongs to it; when there is none, git restore --source={snapshot.Base} -- {ShellWord.Of(situation.Change.Origin.File ?? "")}, then dotnet ef migrations add NAME"));
        }
    }
}
