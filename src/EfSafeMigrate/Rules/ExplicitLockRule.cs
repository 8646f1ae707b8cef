using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class ExplicitLockRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A table is locked by hand";
    public override string Condition => "LOCK TABLE takes a mode that stops writers or everybody, on a table that exists already.";
    public override string Effect => "The lock lasts until the transaction ends, whatever else it does. Requests pile up behind it and time out.";
    public override string Workaround => "Leave the lock out: each statement takes the one it needs.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not LockTable locked || !situation.StopsTraffic)
        {
            yield break;
        }
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{LastingWork.Of(situation)} waits for everybody who uses the table and stops {Say.Stopped(situation.Impact, situation.Engine)} until the transaction ends.",
            Evidence.Join($"{situation.Impact.Locks[0].Mode} lock until the transaction ends", Evidence.Of(situation.Impact.Basis)),
            Cure.Text($"Leave the lock out: {locked.Table} is shut as long as it is held"));
    }
}
