using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class AddColumnAutoIncrementRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A new column is numbered row by row";
    public override string Condition => "A column that the database numbers (identity, serial, AUTO_INCREMENT) is added to a table that exists already.";
    public override string Effect => "The engine gives every row its number and writes it anew, under a lock that stops the table's traffic. Replicas that run the statement again can number the rows in another order.";
    public override string Workaround => "Add the column nullable, let a sequence fill it for new rows, and number the old rows in batches; make it required and the key afterwards.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddColumn { Column.Identity: true } add || !situation.Impact.Work.HasFlag(Work.Rewrite) || !situation.StopsTraffic || situation.IsRebuild)
        {
            yield break;
        }
        var key = add.Inline.OfType<AddPrimaryKey>().Any() ? " and builds the primary key over it" : "";
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{add.Column.Name} numbers every row of {Say.Sized(add.Table, situation.Table)}{key} and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the rewrite")}.",
            Evidence.Of(situation, "the rewrite"),
            Cure.Text(situation.Engine.Online.NotNull is null
                ? $"Create a new table with {add.Column.Name}, fill it in batches while both are written, and let it take the name {add.Table.Name}"
                : $"Add {add.Column.Name} nullable, with a sequence as its default, and fill the old rows in batches; then make it required without a scan{(key.Length == 0 ? "" : ", and turn a unique index built concurrently into the key")}"));
    }
}
