using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DropViewRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "A view is dropped under the running release";
    public override string Condition => "A view that an earlier migration created is dropped, and the migration does not create it again.";
    public override string Effect => "Entity types without a key are mapped to views: every query of the running release on it fails, and so does whatever else reads it.";
    public override string Workaround => "Deploy a release that does not use the view first; drop it in a later migration.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not Changes.DropView drop
            || situation.EarlierInSet.OfType<CreateView>().Any(created => created.View.Matches(drop.View))
            || situation.LaterInSet.Any(later => later is CreateView created && created.View.Matches(drop.View) || later is CreateTable table && table.Table.Matches(drop.View)))
        {
            yield break;
        }
        var known = situation.Before.Find(drop.View) is not null;
        yield return Find(
            situation,
            known ? Severity.Dangerous : Severity.Careful,
            $"The view {drop.View} is dropped: {(known ? "every query of the running release on it fails" : "where the running release reads it, every such query fails")}.",
            "an entity type mapped with ToView reads its view by name",
            Cure.Text($"Leave the drop out until no release reads {drop.View}, and drop it in a later migration"));
    }
}
