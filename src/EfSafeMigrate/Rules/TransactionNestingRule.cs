using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class TransactionNestingRule : Rule
{
    public override Category Category => Category.Irreversible;
    public override string Title => "A migration begins or ends a transaction of its own inside EF's";
    public override string Condition => "BEGIN, COMMIT or ROLLBACK stands in a migration that runs in EF's transaction, or a script begins a transaction while one is open.";
    public override string Effect => "COMMIT ends the transaction that EF opened: what follows runs statement by statement, a failure leaves half of it applied, and the history knows nothing of that half. ROLLBACK undoes what stood before it, and the history records it as done.";
    public override string Workaround => "Leave BEGIN and COMMIT out: EF wraps each migration. Where the statements cannot share one transaction, write separate migrations, or suppressTransaction: true.";
    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not TransactionControl { Verb: "BEGIN" or "COMMIT" or "ROLLBACK" } control || !situation.Change.InTransaction
            || (situation.Migration.IsScript ? !(control.Verb == "BEGIN" && IsOpen(situation)) : situation.Earlier.Any(earlier => earlier.Change is TransactionControl { Verb: "BEGIN" or "COMMIT" or "ROLLBACK" })))
        {
            yield break;
        }
        var ends = situation.Migration.Changes.Skip(situation.Position).OfType<TransactionControl>().FirstOrDefault(later => later.Verb is "COMMIT" or "ROLLBACK");
        var message = situation.Migration.IsScript ? "BEGIN stands where a transaction is open already: the next COMMIT ends both, and what follows runs statement by statement."
            : ends is null ? $"BEGIN in {situation.Migration.Spoken} stands inside the transaction that EF opened: it begins nothing."
            : ends.Verb == "ROLLBACK" ? $"ROLLBACK in {situation.Migration.Spoken} undoes what EF's transaction has done so far; the history records the migration all the same."
            : $"COMMIT in {situation.Migration.Spoken} ends the transaction that EF opened: what follows runs statement by statement, and a failure leaves half of the migration applied.";
        yield return Find(
            situation,
            Severity.Careful,
            message,
            situation.Migration.IsScript ? "a transaction does not nest" : "EF wraps each migration in one transaction · EF Core 8–10",
            Cure.Text(situation.Migration.IsScript
                ? "End the first transaction before the second begins"
                : $"Leave {(control == ends ? control.Verb : ends is null ? "BEGIN" : $"BEGIN and {ends.Verb}")} out; what has to commit on its own goes into a migration of its own"));
    }

    private static bool IsOpen(Situation situation) =>
        situation.Earlier.Reverse().Select(earlier => earlier.Change).OfType<TransactionControl>()
            .FirstOrDefault(control => control.Verb is "BEGIN" or "COMMIT" or "ROLLBACK") is { Verb: "BEGIN" };
}
