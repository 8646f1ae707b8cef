using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class SnapshotDiffersFromDesignerRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "The snapshot is not the newest migration's model";
    public override string Condition => "The model in the snapshot and the one in the newest migration's Designer are not the same, as after a merge of two branches with a migration each.";
    public override string Effect =>
        "dotnet ef migrations remove writes the snapshot anew from the Designer before the last one, and what only the snapshot has is lost with it; what only the Designer has, the next migration creates again.";
    public override string Workaround => "Delete the files of the newest migration and add it again: its Designer then knows everything.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is SnapshotDiffers differs)
        {
            var name = MigrationChanges.NameOf(differs.Newest);
            var parts = new[]
            {
                differs.InSnapshot.Count > 0 ? $"the snapshot says {Say.Some(differs.InSnapshot)} otherwise or alone" : null,
                differs.InDesigner.Except(differs.InSnapshot).ToArray() is { Length: > 0 } lost ? $"only the Designer knows {Say.Some(lost)}" : null,
            };
            yield return Find(
                situation,
                Severity.Careful,
                $"The snapshot is not the model of {name}, the newest migration: {string.Join(", and ", parts.OfType<string>())}. dotnet ef migrations add and remove go wrong on it.",
                "the snapshot, compared with the Designer statement by statement",
                Cure.Text($"Delete the files of {differs.Newest}, restore the snapshot from before it, then dotnet ef migrations add {name}"));
        }
    }
}
