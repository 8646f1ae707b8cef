using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class MysqlColumnPositionRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A column's place among the others makes the server write the table anew";
    public override string Condition => "A column is added or restated with FIRST or AFTER, and without the word nothing but the catalogue would change.";
    public override string Effect => "Every row and index is written anew. Traffic goes on, but the disk has to hold the table a second time, and replicas fall behind while they repeat it.";
    public override string Workaround => "Leave FIRST and AFTER out: EF reads columns by name.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        var (position, last) = situation.Change switch
        {
            AddColumn { Position: { } at } add => (at, add with { Position = null }),
            AlterColumn { Position: { } at } alter => (at, alter with { Position = null }),
            _ => default((string, Change)),
        };
        if (position is null || !situation.Impact.Lasting || situation.Facts.NoTraffic || situation.Engine.ImpactOf(last, situation.State) is not { Lasting: false })
        {
            yield break;
        }
        var stops = situation.Impact.Blocks == Blocks.Nothing ? "while traffic goes on" : $"and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the rebuild")}";
        yield return Find(
            situation,
            situation.StopsTraffic ? Sizes.OfBlocking(situation) : Severity.Careful,
            $"{position} writes every row and index of {Say.Sized(situation.Change.Target!, situation.Table)} anew {stops}: at the end of the table {situation.Change.TargetColumn} costs nothing.",
            Evidence.Of(situation, "the rebuild"),
            Cure.Text($"Leave {position} out: EF reads and writes {situation.Change.TargetColumn} by its name"));
    }
}
