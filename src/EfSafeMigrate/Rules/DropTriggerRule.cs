using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DropTriggerRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "A trigger is dropped";
    public override string Condition => "A trigger that an earlier migration created is dropped, and the migration neither creates it again nor drops its function with it.";
    public override string Effect => "What the trigger did with each row is not done any more, and no statement of the running release says so. The drop locks the table for an instant.";
    public override string Workaround => "Deploy a release that does without it first, and give the migration a lock timeout.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not Changes.DropTrigger drop
            || situation.EarlierInSet.OfType<CreateTrigger>().Any(created => created.Name == drop.Name && created.Table.Matches(drop.Table))
            || situation.Migration.Changes.Skip(situation.Position + 1).Any(later => later switch
            {
                CreateTrigger created => created.Table.Matches(drop.Table),
                DropTable table => table.Table.Matches(drop.Table),
                OtherStatement { Verb: "DROP FUNCTION" } => true,
                _ => false,
            }))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Careful,
            $"The trigger {drop.Name} of {drop.Table} is dropped: what it does with each row is not done any more, also for the running release.",
            Evidence.Of(situation.Impact.Basis),
            Cure.Text($"Leave the drop out until no release relies on {drop.Name}; then drop it together with its function"));
    }
}
