using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class NonLinearHistoryRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "A migration stands before ones that are applied already";
    public override string Condition => "A migration that this branch adds has an earlier id than one that the base branch has.";
    public override string Effect =>
        "A new database runs the two in the order of their ids, one that has the later migration runs them the other way round: the schemas can differ, and neither order was tested where the other runs. The later migration's Designer does not know the earlier one, so that removing or scripting goes wrong.";
    public override string Workaround => "Remove the migration, bring in the base branch, and add it again: it gets the latest id and a Designer that knows both.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is LateMigration late)
        {
            var name = situation.Migration.Spoken;
            yield return Find(
                situation,
                Severity.Dangerous,
                $"{name} stands before {late.Later}, which {late.Base} has already: a database that has run the later one runs {name} behind it, a new one before it.",
                $"the ids of {late.Base}'s migrations",
                Cure.Text(late.Merged
                    ? $"git restore --source={late.Base} -- {ShellWord.Of(late.Snapshot)}, delete the files of {situation.Migration.SpokenId}, then dotnet ef migrations add {name}"
                    : $"dotnet ef migrations remove, git merge {late.Base}, then dotnet ef migrations add {name}"));
        }
    }
}
