using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class SnapshotLacksMigrationRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "The snapshot does not contain what a migration did";
    public override string Condition => "A migration adds something to the model, or the base branch's snapshot has it, and the snapshot here does not; no migration takes it away.";
    public override string Effect =>
        "dotnet ef migrations add compares the model with the snapshot: the next migration creates once more what is there, and fails on every database.";
    public override string Workaround => "Commit the snapshot that belongs to the migration; after a merge that took one side only, take the base branch's and add the branch's migrations again.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is SnapshotLacksMigration lacks)
        {
            var what = Say.Some(lacks.What);
            var maker = lacks.Of is { } id ? $", which {MigrationChanges.NameOf(id)}{(lacks.Base is { } @base ? $" of {@base}" : "")} brought" : lacks.Base is { } other ? $", which {other} has" : "";
            yield return Find(
                situation,
                Severity.Dangerous,
                $"The snapshot lacks {what}{maker}: the next migration creates it once more, and fails where it is.",
                lacks.Base is { } compared ? $"the snapshot, compared with {compared}'s; no migration here takes it away" : "the snapshot, compared with the migration's Designer",
                Cure.Text(lacks.Base is { } source
                    ? $"git restore --source={source} -- {ShellWord.Of(situation.Change.Origin.File ?? "")}, delete the files of this branch's migrations, then dotnet ef migrations add them again"
                    : "Commit the snapshot that dotnet ef wrote together with the migration; when it is lost, delete the migration's files and add it again"));
        }
    }
}
