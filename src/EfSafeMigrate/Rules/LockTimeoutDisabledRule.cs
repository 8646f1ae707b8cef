using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class LockTimeoutDisabledRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "The bound of the wait for a lock is switched off";
    public override string Condition => "A change takes a lock that stops others while the setting that bounds the wait is switched off by an earlier statement.";
    public override string Effect => "Behind one long query the statement waits without end, and every later query of the table waits behind the statement.";
    public override string Workaround => "Set it to a few seconds, or leave it as the tool sets it.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!LockWait.IsFirst(situation, bound => bound == Timeout.InfiniteTimeSpan))
        {
            yield break;
        }
        var waiting = situation.Engine.Waiting!;
        yield return Find(
            situation,
            Severity.Careful,
            $"{waiting.Setting} is switched off: {LockWait.Spoken(situation)} waits for its lock without end, and every later query of the table waits behind it.",
            Evidence.Of(situation.Impact.Basis),
            Cure.Text($"Write {waiting.Statement.TrimEnd(';')} instead"));
    }
}
