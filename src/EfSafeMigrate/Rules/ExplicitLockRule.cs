using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class ExplicitLockRule : Rule
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    public override Category Category => Category.Blocking;
    public override string Title => "A table is locked by hand";
    public override string Condition => "LOCK TABLE takes a mode that stops writers or everybody, on a table that exists already.";
    public override string Effect => "The lock lasts until the transaction ends, whatever else it does. Requests pile up behind it and time out. Where the wait is bounded and nothing that lasts follows, that is a moment.";
    public override string Workaround => "Leave the lock out: each statement takes the one it needs.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not LockTable locked || !situation.StopsTraffic)
        {
            yield break;
        }
        yield return Find(
            situation,
            IsMoment(situation) ? Severity.Careful : Sizes.OfBlocking(situation),
            $"{LastingWork.Of(situation)} waits for everybody who uses the table and stops {Say.Stopped(situation.Impact, situation.Engine)} until the transaction ends.",
            Evidence.Join($"{situation.Impact.Locks[0].Mode} lock until the transaction ends", Evidence.Of(situation.Impact.Basis)),
            Cure.Text($"Leave the lock out: {locked.Table} is shut as long as it is held"));
    }

    /// <summary>Several tables have to be shut together before any of them changes: then nothing waits long, neither for the locks nor under them.</summary>
    private static bool IsMoment(Situation situation)
    {
        if (LockWait.Bound(situation) is not { } bound || bound > Moment || !situation.Change.InTransaction)
        {
            return false;
        }
        var state = situation.State;
        foreach (var later in situation.Migration.Changes.Skip(situation.Position + 1).TakeWhile(change => change.InTransaction && change is not TransactionControl { Verb: not "SAVEPOINT" }))
        {
            if (situation.Engine.ImpactOf(later, state) is { Lasting: true })
            {
                return false;
            }
            state = state with { Model = state.Model.After(later) };
        }
        return true;
    }
}
