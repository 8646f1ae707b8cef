using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class SetNotNullWithBackfillRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "NULLs are filled by one UPDATE in the transaction that makes the column required";
    public override string Condition => "A nullable column becomes required with a default, for which the provider emits UPDATE … WHERE … IS NULL, or a statement before it does the same.";
    public override string Effect =>
        "One statement locks and rewrites every NULL row and holds the row locks until the migration commits. The table lock that follows waits for other transactions while those rows stay locked.";
    public override string Workaround => "Fill the NULL rows in batches in a migration of its own. Make the column required afterwards, without a default, when a validated constraint proves that it holds no NULL.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AlterColumn { New.Nullable: false } alter || alter.Old is { Nullable: false } || situation.IsRebuild || situation.Facts.NoTraffic
            // The UPDATE has committed by the time the column changes, and is judged by itself.
            || situation.Engine.CommitsEachChange is not null)
        {
            yield break;
        }
        var column = alter.New.Name;
        if (!NullFill.InTransaction(situation, alter.Table, column))
        {
            yield break;
        }
        var emitted = NullFill.IsEmitted(situation);
        var answer = situation.Probe(ProbeKind.Nulls, column);
        var rows = answer is { Found: { } found, Unanswered: null } ? $"{(answer.AtLeast ? "at least " : "")}{Say.Rows(found)} of {alter.Table}" : $"the NULL rows of {Say.Sized(alter.Table, situation.Table)}";
        yield return Find(
            situation,
            answer is { Found: { } few, Unanswered: null, AtLeast: false } && few < Sizes.SmallRows ? Severity.Careful : Sizes.OfBlocking(situation),
            $"One UPDATE fills {column} in {rows} and keeps every row it writes locked until the migration commits.",
            emitted ? "the provider emits UPDATE … WHERE … IS NULL before NOT NULL · one transaction per migration" : "the UPDATE and NOT NULL share a transaction",
            Cure.Text($"Fill {alter.Table}.{column} in batches in a migration of its own, outside a transaction; then prove it by a constraint that is added unvalidated and validated in the next two, and make it required without a default in the last")) with { Answer = answer };
    }
}
