using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class MissingLockTimeoutRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A script waits for its locks without a bound";
    public override string Condition => "A text that is run as it stands takes a lock on a table that exists already, and nothing in it bounds the wait. (Migrations that the tool applies get their bounds from it.)";
    public override string Effect => "Behind one long query the statement waits, and every later query of the table waits behind the statement: an instant's change becomes an outage.";
    public override string Workaround => "Set the lock timeout at the beginning of the script, and run it again when it steps back.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;
    public override bool SpeaksOfSession => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!situation.Migration.IsScript || !IsBare(situation) || situation.Earlier.Any(IsBare)
            || (!situation.Earlier.Any(earlier => LockWait.Sets(situation, earlier.Change))
                && situation.Migration.Changes.Skip(situation.Position + 1).Any(change => LockWait.Sets(situation, change))))
        {
            yield break;
        }
        var waiting = situation.Engine.Waiting!;
        yield return Find(
            situation,
            Severity.Careful,
            $"Without {waiting.Setting}, {LockWait.Spoken(situation)} waits for its lock {waiting.Unset}, and every later query of the table waits behind it.",
            Evidence.Of(situation.Impact.Basis),
            Cure.Text($"Begin the script with {waiting.Statement.TrimEnd(';')}"));
    }

    private static bool IsBare(Situation situation) => LockWait.Waits(situation) && LockWait.IsUnbounded(situation);
}
