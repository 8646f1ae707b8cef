using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class TransactionTimeoutRule() : MissingSettingRule(SessionLimit.Transaction)
{
    public override string Title => "A script's transaction may last for ever";
    public override string Condition => "A text that is run as it stands takes a lock that stops others inside a transaction and does not bound the whole of it, on PostgreSQL 17 and later.";
    public override string Effect => "Many short statements make a long transaction, whose locks no other timeout ends.";
    public override string Workaround => "Set transaction_timeout at the beginning of the script.";
    protected override string Consequence => "many short statements make a long transaction, whose locks no other timeout ends";

    protected override bool Matters(Situation situation) => situation.Change.InTransaction && LockWait.Waits(situation);
}
