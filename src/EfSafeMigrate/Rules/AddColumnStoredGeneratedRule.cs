using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class AddColumnStoredGeneratedRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A stored generated column is computed for every row";
    public override string Condition => "A generated column whose values are stored is added to a table that exists already.";
    public override string Effect => "The engine computes the value of every row and writes the table anew, under a lock that stops its traffic.";
    public override string Workaround => "Add an ordinary nullable column, have the release or a trigger write it, and fill the old rows in batches. Where the engine has virtual generated columns, they take an instant.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddColumn { Column.ComputedSql: { } sql } add || !situation.Impact.Work.HasFlag(Work.Rewrite)
            || !situation.StopsTraffic || situation.IsRebuild || Recomputed.IsAdded(situation))
        {
            yield break;
        }
        var column = add.Column with { Stored = false };
        var computes = situation.Engine.ImpactOf(add with { Column = column }, situation.State) is { Refused: null, Lasting: false };
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{column.Name} is computed as {sql} and stored for every row of {Say.Sized(add.Table, situation.Table)}, which stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the rewrite")}.",
            Evidence.Of(situation, "the rewrite"),
            Cure.Text($"{(computes ? $"Let {column.Name} be computed when it is read: HasComputedColumnSql with stored: false; or add" : "Add")} {column.Name} as an ordinary nullable column, have the release write it, and fill the old rows in batches"));
    }
}
