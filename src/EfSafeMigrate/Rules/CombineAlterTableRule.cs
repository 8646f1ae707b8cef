using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class CombineAlterTableRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A table is worked through twice where once would do";
    public override string Condition => "Two columns of a table are altered by statements of their own, and each of them reads or writes every row.";
    public override string Effect => "Each statement is a rewrite or a scan of its own under the same lock, which lasts as long as both together.";
    public override string Workaround => "Write both as actions of one ALTER TABLE: the engine then works through the rows once.";
    public override bool OnRequest => true;

    private const Work OverRows = Work.Rewrite | Work.Scan;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AlterColumn alter || !WorksThrough(situation))
        {
            yield break;
        }
        var others = situation.Earlier.Where(earlier => WorksThrough(earlier) && earlier.Change is AlterColumn other && other.Table.Matches(alter.Table)).ToList();
        if (others.Count != 1 || situation.Change.Beside.OfType<AlterColumn>().Any(beside => beside.New == ((AlterColumn)others[0].Change).New))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Safe,
            $"{alter.New.Name} and {others[0].Change.TargetColumn} of {Say.Sized(alter.Table, situation.Table)} are altered one after the other: the rows are worked through for each.",
            Evidence.Of(situation.Impact.Basis),
            Cure.Text($"Write both as actions of one ALTER TABLE {situation.Engine.QuoteTable(alter.Table)}, by SQL: the engine works through the rows once"));
    }

    private static bool WorksThrough(Situation situation) =>
        situation.Change is AlterColumn && (situation.Impact.Work & OverRows) != 0 && situation.StopsTraffic && !situation.IsRebuild;
}
