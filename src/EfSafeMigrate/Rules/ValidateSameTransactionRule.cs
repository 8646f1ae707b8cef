using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class ValidateSameTransactionRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A constraint is validated while the lock of its creation is held";
    public override string Condition => "VALIDATE CONSTRAINT runs in a transaction that has already locked the table, or the referenced one, against writes or reads.";
    public override string Effect => "Validating alone lets everybody through. Behind ADD CONSTRAINT … NOT VALID in one transaction the strong lock of that statement lasts as long as the scan: nothing is gained over adding it validated.";
    public override string Workaround => "Validate in a migration of its own.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not ValidateConstraint validate || !situation.Impact.Lasting || situation.Facts.NoTraffic)
        {
            yield break;
        }
        var own = situation.Impact.Locks.Select(taken => taken.Table).ToHashSet();
        var held = situation.SameTransaction.SelectMany(earlier => earlier.Impact.Locks)
            .Where(taken => taken.Blocks != Blocks.Nothing && own.Contains(taken.Table) && !situation.IsNew(taken.Table))
            .ToList();
        if (held.Count == 0)
        {
            yield break;
        }
        var strongest = held.MaxBy(taken => taken.Blocks)!;
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{validate.Name} is validated in the transaction that has taken {strongest.Mode} on {strongest.Table}: while every row of {Say.Sized(validate.Table, situation.Table)} is read, {Say.Stopped(strongest.Blocks, held, situation.Engine)} waits {Say.For(situation.Estimate, "the scan")}.",
            Evidence.Join($"{strongest.Mode} lock until the migration commits", Evidence.Of(situation.Impact.Basis)),
            new($"Validate {validate.Name} in a migration of its own, behind the one that adds it",
                [new([$"ALTER TABLE {situation.Engine.QuoteTable(validate.Table)} VALIDATE CONSTRAINT {situation.Engine.Quote(validate.Name)};"])]));
    }
}
