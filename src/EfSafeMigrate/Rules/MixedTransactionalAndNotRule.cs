using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class MixedTransactionalAndNotRule : Rule
{
    public override Category Category => Category.Irreversible;
    public override string Title => "A migration is half inside and half outside its transaction";
    public override string Condition => "A migration holds a change that suppresses the transaction beside changes that do not.";
    public override string Effect =>
        "EF commits what stands before the suppressed change. When it or a later change fails, the first half stays, the history knows nothing of it, and the next run fails on what exists already.";
    public override string Workaround => "Give each change that cannot run in a transaction a migration of its own.";
    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Migration.IsByHand)
        {
            yield break;
        }
        var changes = situation.Migration.Changes.Where(Counts).ToList();
        if (situation.Engine.CommitsEachChange is not null || !Counts(situation.Change) || situation.Change != changes.Find(change => !change.InTransaction) || changes.TrueForAll(change => !change.InTransaction))
        {
            yield break;
        }
        var beside = changes.Count(change => change.InTransaction);
        var others = beside == 1 ? "1 other change" : $"{beside} other changes";
        yield return Find(
            situation,
            Severity.Careful,
            $"{Named(situation.Change)} runs outside the transaction of {situation.Migration.Spoken}, with {others} inside it: when one fails, what ran before it stays applied and the history does not know.",
            "EF commits before each suppressed command · EF Core 8–10",
            Cure.Text($"Move {Named(situation.Change)} into a migration of its own"));
    }

    // A setting of the session leaves nothing behind when the migration fails.
    private static bool Counts(Change change) => change is not (SetSetting or TransactionControl) && !change.Origin.Emitted;

    private static string Named(Change change) => change switch
    {
        CreateIndex create => create.Index.Name,
        DropIndex drop => drop.Name,
        { Origin.OperationName: { Length: > 0 } operation } => operation,
        _ => change.GetType().Name,
    };
}
