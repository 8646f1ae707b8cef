using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class AddPrimaryKeyRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A primary key builds its index while the table is locked";
    public override string Condition => "A primary key is added to a table that exists already, and its index has to be built.";
    public override string Effect => "The index is built, and every row is read where a column is nullable, under a lock that stops the table's traffic.";
    public override string Workaround => "Make the columns NOT NULL and build a unique index in the engine's online form first, then let the key adopt the index.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddPrimaryKey { Index: null } key || !situation.Impact.Lasting || !situation.StopsTraffic || situation.IsRebuild || Demands.AreTheCause(situation))
        {
            yield break;
        }
        var name = key.Key.Name ?? $"The primary key of {key.Table}";
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{name} builds an index on {Say.Sized(key.Table, situation.Table)} and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the build")}.",
            Evidence.Of(situation, "the build"),
            Cured(situation, key));
    }

    private static Cure Cured(Situation situation, AddPrimaryKey key) =>
        situation.Engine.Online.PrimaryKey?.Invoke(key, situation.State)
            ?? Cure.Text($"Apply it when nobody uses {key.Table}, and review it with {FactSheet.NoTrafficFlag}: no form of it lets traffic through");
}
