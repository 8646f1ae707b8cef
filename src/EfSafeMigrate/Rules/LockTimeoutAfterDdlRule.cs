using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class LockTimeoutAfterDdlRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "The lock timeout is set when a lock was waited for already";
    public override string Condition => "A text that is run as it stands sets its lock timeout behind a change that takes a lock on a table that exists already.";
    public override string Effect => "The changes before it wait without a bound, and the queries of their tables behind them.";
    public override string Workaround => "Move the setting to the beginning of the script.";
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!situation.Migration.IsScript || !LockWait.Sets(situation, situation.Change)
            || situation.Earlier.Any(earlier => LockWait.Sets(situation, earlier.Change))
            || situation.Earlier.FirstOrDefault(earlier => LockWait.Waits(earlier) && LockWait.IsUnbounded(earlier)) is not { } first)
        {
            yield break;
        }
        var waiting = situation.Engine.Waiting!;
        yield return Find(
            situation,
            Severity.Careful,
            $"{waiting.Setting} is set behind {LockWait.Spoken(first)}, which waits for its lock {waiting.Unset}, with every later query of the table behind it.",
            Evidence.Of(first.Impact.Basis),
            Cure.Text($"Move {waiting.Setting} to the beginning of the script"));
    }
}
