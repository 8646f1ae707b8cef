using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class MysqlLockOptionRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "LOCK= stops others for work that would let them through";
    public override string Condition => "A statement that works through the rows asks for LOCK=SHARED or LOCK=EXCLUSIVE although the server needs a weaker lock.";
    public override string Effect => "Writers wait until the work ends, with LOCK=EXCLUSIVE readers as well.";
    public override string Workaround => "Leave the word out, or ask for LOCK=NONE: the server refuses what it cannot do so.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!Demands.Locks(situation) || !Demands.IsFirst(situation) || !situation.StopsTraffic)
        {
            yield break;
        }
        var asked = $"LOCK={situation.Change.Demanded!.Lock}";
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{asked} stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the work")}, though {situation.Engine.Name} does it on {Say.Sized(situation.Change.Target!, situation.Table)} with a weaker lock.",
            Evidence.Of(situation, "the work"),
            Cure.Text($"Write LOCK=NONE instead of {asked}: the server refuses what it cannot do so"));
    }
}
