using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class CreateTableDropsExistingRule : Rule
{
    public override Category Category => Category.Destructive;
    public override string Title => "A table is dropped to be created anew";
    public override string Condition => "A migration drops a table and creates one of the same name, without taking its rows along.";
    public override string Effect => "Where the table exists its rows are gone; only a backup brings them back. The statement is often written so that a script can be run twice.";
    public override string Workaround => "Create the table without dropping it: that fails where it exists, and nothing is lost.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!Speaks(situation) || situation.Change is not Changes.DropTable drop)
        {
            yield break;
        }
        var known = situation.Before.Find(drop.Table) is not null;
        yield return Find(
            situation,
            known ? Severity.Dangerous : Severity.Careful,
            known
                ? $"{drop.Table} is dropped with {(situation.Table.Rows.Value is { } rows ? Say.Rows(rows) : "all its rows")} and created empty under the same name."
                : $"{drop.Table} is dropped where it exists, with its rows, and created empty.",
            "a dropped table comes back from a backup only",
            Cure.Text($"Leave the drop out: where {drop.Table} exists, alter it; where it does not, CREATE TABLE is enough"));
    }

    public static bool Speaks(Situation situation) =>
        situation.Change is Changes.DropTable drop && !TableCopy.Replaces(situation, drop.Table) && !situation.IsNew(drop.Table) && !Saved.Rows(situation, drop.Table)
        && situation.Migration.Changes.Skip(situation.Position + 1).OfType<CreateTable>().Any(create => create.Table.Matches(drop.Table));
}
