using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class MissingIdleInTransactionTimeoutRule() : MissingSettingRule(SessionLimit.IdleTransaction)
{
    public override string Title => "A script's transaction may stay open with nobody there";
    public override string Condition => "A text that is run as it stands takes a lock that stops others inside a transaction of its own and bounds no idle transaction.";
    public override string Effect => "When whoever runs it goes away in the middle, the transaction and its locks stay.";
    public override string Workaround => "Bound the idle transaction by a minute.";
    protected override string Consequence => "when whoever runs it goes away in the middle of the transaction, its locks stay";

    protected override bool Matters(Situation situation) => situation.Change.InTransaction && LockWait.Waits(situation);
}
