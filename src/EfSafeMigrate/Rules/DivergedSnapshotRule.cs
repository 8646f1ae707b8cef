using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DivergedSnapshotRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "Branch and base changed the model snapshot both";
    public override string Condition => "Since the branch began, it added a migration and so did the base branch, and the snapshot here does not contain what was added there.";
    public override string Effect =>
        "The Designer of this branch's migration does not know the base's, and the two snapshots meet in a merge. Where they conflict, a wrong resolution is noticed with the next migration: it drops or creates again what the snapshot lost.";
    public override string Workaround => "Remove this branch's migrations, bring in the base branch, and add them again.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is DivergedSnapshot diverged)
        {
            var theirs = diverged.Missing.Count == 1 ? MigrationChanges.NameOf(diverged.Missing[0]) : $"{diverged.Missing.Count} migrations, the last of them {MigrationChanges.NameOf(diverged.Missing[^1])},";
            var removes = diverged.Added.Count == 1 ? "dotnet ef migrations remove" : $"dotnet ef migrations remove ({diverged.Added.Count} times)";
            yield return Find(
                situation,
                diverged.Conflicts ? Severity.Dangerous : Severity.Careful,
                $"{diverged.Base} has added {theirs} since this branch began, and the snapshot here knows nothing of it{(diverged.Conflicts ? ": git cannot merge the two" : "")}.",
                diverged.Conflicts ? "both sides change the same lines of the snapshot" : "git merges the two snapshots; the Designer here stays without what was added there",
                Cure.Text($"{removes}, git merge {diverged.Base}, then dotnet ef migrations add {string.Join(", then ", diverged.Added.Select(MigrationChanges.NameOf))}"));
        }
    }
}
