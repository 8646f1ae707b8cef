using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class UncommittedTransactionRule : Rule
{
    public override Category Category => Category.Irreversible;
    public override string Title => "A transaction is begun and never ended";
    public override string Condition => "A script, or a migration outside EF's transaction, says BEGIN, and no COMMIT or ROLLBACK follows.";
    public override string Effect => "When the session ends, everything behind BEGIN is undone without a word. Until then its locks stay.";
    public override string Workaround => "End the transaction with COMMIT.";
    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not TransactionControl { Verb: "BEGIN" } || (situation.Change.InTransaction && !situation.Migration.IsScript)
            || situation.Migration.IsEndedLater
            || situation.Migration.Changes.Skip(situation.Position + 1).Any(later => later is TransactionControl { Verb: "BEGIN" or "COMMIT" or "ROLLBACK" or "PREPARE TRANSACTION" }))
        {
            yield break;
        }
        var behind = situation.Migration.Changes.Count - situation.Position - 1;
        yield return Find(
            situation,
            Severity.Dangerous,
            $"The transaction that BEGIN opens is never committed: {(behind == 1 ? "the statement" : $"the {behind} statements")} behind it {(behind == 1 ? "is" : "are")} undone when the session ends, and the locks stay until then.",
            "a session that ends rolls its open transaction back",
            Cure.Text("End it with COMMIT"));
    }
}
