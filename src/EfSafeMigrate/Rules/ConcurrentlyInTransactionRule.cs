using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class ConcurrentlyInTransactionRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "A statement with CONCURRENTLY stands inside a transaction";
    public override string Condition => "A statement with CONCURRENTLY is written into a migration without suppressTransaction, or between BEGIN and COMMIT.";
    public override string Effect => "The engine commits in the middle of such a statement, so it refuses to run it inside a transaction: the migration fails on every server.";
    public override string Workaround => "Give the statement suppressTransaction: true, in a migration that holds nothing else.";
    public override bool ExplainsRefusal => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Impact.Refused is null || Outside.Concurrent(situation.Change) is not { } statement || !Outside.Passes(situation))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Dangerous,
            $"{statement} fails in {situation.Migration.Spoken}, whatever the data: it cannot run inside a transaction.",
            Evidence.Of(situation.Impact.Basis),
            Outside.Cure(situation) ?? Cure.Text("Give it suppressTransaction: true, in a migration that holds nothing else"));
    }
}
