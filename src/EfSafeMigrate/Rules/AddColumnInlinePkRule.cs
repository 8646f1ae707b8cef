using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class AddColumnInlinePkRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A column is added as the primary key in one statement";
    public override string Condition => "A column is added with PRIMARY KEY to a table that exists already.";
    public override string Effect => "The key's index is built, and every value is checked for NULL, under the lock of the ALTER TABLE: reads and writes wait.";
    public override string Workaround => "Add the column alone, fill it, make it NOT NULL without a scan, build a unique index in the engine's online form, and let the key adopt it.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddColumn { Column.Identity: false } add || !add.Inline.OfType<AddPrimaryKey>().Any()
            || !InlineWork.IsOfConstraint(situation, add, Work.IndexBuild))
        {
            yield break;
        }
        var name = add.Column.Name;
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{name} is added to {Say.Sized(add.Table, situation.Table)} as its primary key: the index is built in the same statement and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the build")}.",
            Evidence.Of(situation, "the build"),
            Cure.Text($"Add {name} alone, and build a unique index on it concurrently while every row holds NULL; then fill it in batches, make it NOT NULL without a scan under the lock, and turn the index into the key"));
    }
}
