using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class AddColumnInlineUniqueRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A column is added as UNIQUE in one statement";
    public override string Condition => "A column is added with UNIQUE to a table that exists already, and the engine builds its index under the statement's lock.";
    public override string Effect => "The index is built while reads and writes of the table wait, although every row holds NULL.";
    public override string Workaround => "Add the column alone, build the unique index in the engine's online form, and let the constraint adopt it.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddColumn add || !add.Inline.OfType<AddUniqueConstraint>().Any() || !InlineWork.IsOfConstraint(situation, add, Work.IndexBuild))
        {
            yield break;
        }
        var name = add.Column.Name;
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{name} is added to {Say.Sized(add.Table, situation.Table)} as UNIQUE: the index is built in the same statement and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the build")}.",
            Evidence.Of(situation, "the build"),
            Cure.Text($"Add {name} alone first; build a unique index on it concurrently while every row holds NULL, and turn that into the constraint, in migrations of their own"));
    }
}
