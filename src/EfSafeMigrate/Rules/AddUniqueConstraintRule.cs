using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class AddUniqueConstraintRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A unique constraint builds its index while the table is locked";
    public override string Condition => "A unique constraint is added to a table that exists already, without an index it could adopt.";
    public override string Effect => "The constraint's index is built under the lock of the ALTER TABLE, which is stronger than that of CREATE INDEX: reads wait as well.";
    public override string Workaround => "Build the unique index in the engine's online form, in a migration of its own, and let the constraint adopt it.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddUniqueConstraint { Index: null } constraint || !situation.Impact.Work.HasFlag(Work.IndexBuild)
            || !situation.StopsTraffic || situation.IsRebuild || Demands.AreTheCause(situation))
        {
            yield break;
        }
        var name = constraint.Key.Name ?? $"the constraint on {Say.Columns(constraint.Table, constraint.Key.Columns)}";
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"Adding {name} builds an index on {Say.Sized(constraint.Table, situation.Table)} and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the build")}.",
            Evidence.Of(situation, "the build"),
            situation.Engine.Online.Unique?.Invoke(constraint, situation.State)
                ?? Cure.Text($"Apply it when nobody uses {constraint.Table}, and review it with {FactSheet.NoTrafficFlag}: no form of it lets traffic through"));
    }
}
