using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class LockTimeoutTooLongRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "The wait for a lock may last longer than people wait";
    public override string Condition => "A change takes a lock that stops others under a lock timeout of more than ten seconds that an earlier statement set.";
    public override string Effect => "Behind one long query the statement waits that long, and every later query of the table waits behind it: the requests time out first.";
    public override string Workaround => "Set a few seconds, and try again when the statement steps back.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!LockWait.IsFirst(situation, bound => bound > LockWaiting.Long))
        {
            yield break;
        }
        var waiting = situation.Engine.Waiting!;
        yield return Find(
            situation,
            Severity.Careful,
            $"{waiting.Setting} is {Say.Duration(LockWait.Bound(situation)!.Value)}: while {LockWait.Spoken(situation)} waits for its lock that long, every later query of the table waits behind it.",
            Evidence.Of(situation.Impact.Basis),
            Cure.Text($"Write {waiting.Statement.TrimEnd(';')} instead, and run it again when it steps back"));
    }
}
