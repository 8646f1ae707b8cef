using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DuplicateMigrationRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "Two migrations share an id, a name or a time";
    public override string Condition => "Two migrations of one context have the same id, the same name or the same timestamp.";
    public override string Effect =>
        "With one id EF cannot list the migrations, and no command works. With one name the tools take whichever they find, and with one timestamp the names decide the order.";
    public override string Workaround => "Remove the one that is not on the base branch, and add it again under a name of its own.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is DuplicateMigration duplicate)
        {
            var name = situation.Migration.Spoken;
            yield return Find(
                situation,
                duplicate.Shared == Shared.Id ? Severity.Dangerous : Severity.Careful,
                duplicate.Shared switch
                {
                    Shared.Id => $"Two migrations have the id {duplicate.Other}: EF fails as soon as it lists them.",
                    Shared.Name => $"{situation.Migration.SpokenId} and {duplicate.Other} have one name: dotnet ef database update {name} means either.",
                    _ => $"{situation.Migration.SpokenId} and {duplicate.Other} have one timestamp: their names decide which runs first.",
                },
                "the ids of the migrations",
                Cure.Text($"Delete the files of the one that no database has run, restore the snapshot from before it, then dotnet ef migrations add it {(duplicate.Shared == Shared.Timestamp ? "again" : "under another name")}"));
        }
    }
}
