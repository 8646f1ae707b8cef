using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class MysqlConvertCharsetRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "Texts are converted to another character set";
    public override string Condition => "A table or a column of one that exists already gets another character set, and its texts are converted. The default of a table or database alone converts nothing.";
    public override string Effect =>
        "The table is copied, and every INSERT, UPDATE and DELETE waits until the copy ends. A character the new set does not have fails the copy, and an index can get too long.";
    public override string Workaround => "Convert one table at a time when nobody writes to it, or add a column of the new character set beside the old one and fill it in batches.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        var what = situation.Change switch
        {
            SetTableOption { Option: "CONVERT TO CHARACTER SET" } set => $"CONVERT TO CHARACTER SET {set.Value}",
            AlterColumn { Old: { } old } alter when IsTheCause(situation, alter, old) => $"Giving {alter.New.Name} the character set {alter.New.Charset ?? "of the table"}",
            _ => null,
        };
        if (what is null || !situation.Impact.Lasting || situation.Facts.NoTraffic)
        {
            yield break;
        }
        var stops = situation.Impact.Blocks == Blocks.Nothing ? "while traffic goes on" : $"and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the copy")}";
        yield return Find(
            situation,
            situation.StopsTraffic ? Sizes.OfBlocking(situation) : Severity.Careful,
            $"{what} copies every row of {Say.Sized(situation.Change.Target!, situation.Table)} {stops}.",
            Evidence.Of(situation, "the copy"),
            Cure.Text($"Apply it when nobody writes to {situation.Change.Target}, and review it with {FactSheet.NoTrafficFlag}; for new columns alone the table's default is enough: ALTER TABLE … CHARACTER SET"));
    }

    private static bool IsTheCause(Situation situation, AlterColumn alter, Column old) =>
        alter.New.Charset != old.Charset && !alter.ChangesType && !alter.ChangesCollation
        && situation.Engine.ImpactOf(alter with { New = alter.New with { Charset = old.Charset } }, situation.State) is { Lasting: false };
}
