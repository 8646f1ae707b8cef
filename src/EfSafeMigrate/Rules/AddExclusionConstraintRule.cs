using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class AddExclusionConstraintRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "An exclusion constraint builds its index while the table is shut";
    public override string Condition => "An EXCLUDE constraint is added to a table that exists already.";
    public override string Effect =>
        "The index is built and every pair of rows compared while nobody reads or writes the table. Neither NOT VALID nor an index built beforehand is possible: the engine refuses both. Two rows that overlap fail it.";
    public override string Workaround => "Create a new table with the constraint, copy the rows in batches, and swap; or apply it when nobody uses the table.";
    public override bool ExplainsRefusal => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddExclusionConstraint add || !(situation.Impact.Refused is not null || (situation.Impact.Lasting && situation.StopsTraffic)))
        {
            yield break;
        }
        var name = $"EXCLUDE constraint{(add.Name is null ? "" : $" {add.Name}")}";
        var cure = Cure.Text($"{(add.Validated ? "Apply" : "Leave NOT VALID out, apply")} it when nobody uses {add.Table}, and review it with {FactSheet.NoTrafficFlag}: no form of it lets them through");
        yield return situation.Impact.Refused is not null
            ? Find(
                situation,
                Severity.Dangerous,
                $"The {name} of {add.Table} is NOT VALID, which {situation.Engine.Name} refuses for EXCLUDE: the migration fails, whatever the data.",
                Evidence.Of(situation.Impact.Basis),
                cure)
            : Find(
                situation,
                Sizes.OfBlocking(situation),
                $"Adding the {name} to {Say.Sized(add.Table, situation.Table)} builds an index over every row and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the build")}; two rows that overlap make it fail.",
                Evidence.Of(situation, "the build"),
                cure);
    }
}
