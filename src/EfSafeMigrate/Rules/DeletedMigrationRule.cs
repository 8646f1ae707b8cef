using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DeletedMigrationRule : Rule
{
    private const int Listed = 4;

    public override Category Category => Category.Hygiene;
    public override string Title => "A migration of the base branch is gone";
    public override string Condition => "A migration that the base branch has is not here, or its Designer is not, by which EF knows it.";
    public override string Effect =>
        "Databases that have run it keep its row in the history and its changes in the schema; a new database never gets them. Migrations behind it build on what is not there.";
    public override string Workaround => "Restore its files. To take a change back, write a migration that does; to squash a history, see that every database has run all of it first.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is DeletedMigrations gone)
        {
            var several = gone.Ids.Count > 1;
            var what = several ? $"{gone.Ids.Count} migrations of {gone.Base} are not here, {gone.Ids[0]} to {gone.Ids[^1]}"
                : gone.Disowned ? $"{MigrationChanges.NameOf(gone.Ids[0])} is a migration on {gone.Base}, and here its class has lost the attributes by which EF finds it"
                : $"{MigrationChanges.NameOf(gone.Ids[0])} is on {gone.Base}, and not here";
            yield return Find(
                situation,
                Severity.Dangerous,
                $"{what}: databases that have run {(several ? "them" : "it")} keep the changes, a new one never gets them.",
                $"the migrations of {gone.Base}, by their ids",
                Cure.Text(gone.Files.Count > Listed
                    ? $"git restore --source={gone.Base} -- {ShellWord.Of(Folder(gone.Files[0]))}   unless every database has run them and the history is squashed on purpose"
                    : $"git restore --source={gone.Base} -- {string.Join(' ', gone.Files.Select(ShellWord.Of))}   and take a change back with a migration of its own"));
        }
    }

    private static string Folder(string file) => file.LastIndexOf('/') is > 0 and var at ? file[..at] : ".";
}
