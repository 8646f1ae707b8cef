using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class ReusedNameRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "A name comes to stand for other data";
    public override string Condition => "A column or table is renamed or added under a name that another one has lost earlier in the same deployment.";
    public override string Effect => "The running release does not fail: it reads and writes the name as before, and gets the data of something else. Nothing tells it, and what it writes lands in the wrong place.";
    public override string Workaround => "Give it a name that the running release does not know, and take the old name in a later deployment, or never.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        var running = situation.Set.Migrations[0].Source;
        var message = situation.Change switch
        {
            RenameColumn rename when running.Find(rename.Table)?.Column(rename.NewName) is not null && WasLost(situation, rename.Table, rename.NewName)
                && Original(situation, rename.Table, rename.Name) is { } original && original != rename.NewName =>
                $"{rename.Table}.{original} takes the name {rename.NewName}, which another column had: the running release reads and writes {rename.NewName} and gets the values of {original}, without an error.",
            AddColumn add when !Recomputed.IsAdded(situation) && running.Find(add.Table)?.Column(add.Column.Name) is not null && WasLost(situation, add.Table, add.Column.Name)
                && !situation.Earlier.Any(earlier => earlier.Change is DropColumn drop && drop.Table.Matches(add.Table) && drop.Name == add.Column.Name) =>
                $"A new column takes the name {add.Table}.{add.Column.Name}, which another one had: the running release reads and writes {add.Column.Name} and does not find its values, without an error.",
            RenameTable rename when !situation.IsNew(rename.Table) && !RenameTableRule.IsViewOfIts(situation, rename.Table) && running.Find(rename.NewName) is not null
                && situation.EarlierInSet.Any(earlier => earlier is RenameTable away && away.Table.Matches(rename.NewName) && !away.NewName.Matches(rename.Table) || earlier is DropTable drop && drop.Table.Matches(rename.NewName)) =>
                $"{rename.Table} takes the name {rename.NewName}, which another table had: the running release reads and writes {rename.NewName} and gets the rows of {rename.Table}.",
            _ => null,
        };
        if (message is not null)
        {
            yield return Find(
                situation,
                Severity.Dangerous,
                message,
                "a release names columns and tables, not what they hold",
                Cure.Text("Give it a name that the running release does not use; the old one can be taken once that release is gone"));
        }
    }

    private static bool WasLost(Situation situation, TableName table, string column) => situation.EarlierInSet.Any(earlier =>
        earlier is DropColumn drop && drop.Table.Matches(table) && drop.Name == column || earlier is RenameColumn rename && rename.Table.Matches(table) && rename.Name == column);

    /// <summary>The name it had before the deployment; null when the deployment has added it.</summary>
    private static string? Original(Situation situation, TableName table, string name)
    {
        foreach (var earlier in situation.EarlierInSet.Reverse())
        {
            switch (earlier)
            {
                case RenameColumn rename when rename.Table.Matches(table) && rename.NewName == name:
                    name = rename.Name;
                    break;
                case AddColumn add when add.Table.Matches(table) && add.Column.Name == name:
                    return null;
                default:
                    break;
            }
        }
        return name;
    }
}
