using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class MysqlAlgorithmCopyRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "ALGORITHM=COPY copies a table that needs no copy";
    public override string Condition => "A statement asks for ALGORITHM=COPY although the server has a way that writes less or lets writers through.";
    public override string Effect => "Every row is copied, and every INSERT, UPDATE and DELETE waits until the copy ends.";
    public override string Workaround => "Leave the word out, or ask for INPLACE or INSTANT: the server refuses what it cannot do so.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!Demands.Copies(situation) || !Demands.IsFirst(situation) || situation.Facts.NoTraffic)
        {
            yield break;
        }
        var stops = situation.Impact.Blocks == Blocks.Nothing ? "while traffic goes on" : $"and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the copy")}";
        yield return Find(
            situation,
            situation.StopsTraffic ? Sizes.OfBlocking(situation) : Severity.Careful,
            $"ALGORITHM=COPY copies every row of {Say.Sized(situation.Change.Target!, situation.Table)} {stops}, though {situation.Engine.Name} can do it without.",
            Evidence.Of(situation, "the copy"),
            Cure.Text("Leave ALGORITHM=COPY out, or write ALGORITHM=INPLACE, LOCK=NONE: the server refuses what it cannot do while writers go on"));
    }
}
