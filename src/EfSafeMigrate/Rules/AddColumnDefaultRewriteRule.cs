using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class AddColumnDefaultRewriteRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A new column's default is written into every row";
    public override string Condition => "A column is added with a default that is the same for every row, on a version or edition that stores it in each of them.";
    public override string Effect => "The engine writes every row anew under a lock that stops the table's traffic. Later versions keep one value for all rows that exist and take an instant.";
    public override string Workaround => "Add the column without a default, set the default for new rows, and fill the old rows in batches.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddColumn { Column: { Default: { } given, ComputedSql: null, Identity: false } column } add
            || !situation.Impact.Work.HasFlag(Work.Rewrite) || situation.Impact.NeedsEdition is not null || !situation.StopsTraffic || situation.IsRebuild
            || situation.Engine.DiffersByRow(given, situation.Before) || situation.Before.ConstrainedDomain(column.Type) is not null
            || !InlineWork.ColumnIsRewritten(situation, add))
        {
            yield break;
        }
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{situation.Engine.Name} {situation.State.Version} writes {given.Sql} into every row of {Say.Sized(add.Table, situation.Table)} when {column.Name} is added, which stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the rewrite")}.",
            Evidence.Of(situation, "the rewrite"),
            situation.Engine.Online.ComputedDefault?.Invoke(add, situation.State)
                ?? Cure.Text($"Add {column.Name} without the default, set the default afterwards, then fill the old rows in batches"));
    }
}
