using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class CreateTriggerRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A trigger is put on a table that is written to";
    public override string Condition => "A trigger is created on a table that exists already, in a form that locks it, outside a phase that the tool wrote.";
    public override string Effect => "Writers wait for the lock and behind it. From then on every write of every release runs the trigger, and fails when it fails.";
    public override string Workaround => "Create it in a migration that holds nothing else, with a lock timeout, once its function was tried on the writes of the running release.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not CreateTrigger create || !situation.StopsTraffic || situation.Engine.OneWriter || situation.Migration.Phase is not null
            || situation.Before.Find(create.Table) is { Kind: TableKind.View })
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Careful,
            $"{create.Name} stops {Say.Stopped(situation.Impact, situation.Engine)} until the migration commits; from then on every such write of the running release runs it too.",
            Evidence.Join($"{situation.Impact.Locks[0].Mode} lock until the migration commits", Evidence.Of(situation.Impact.Basis)),
            Cure.Text($"Try {create.Name} on the writes of the running release, and create it when nobody writes to {create.Table}, reviewed with {Facts.FactSheet.NoTrafficFlag}"));
    }
}
