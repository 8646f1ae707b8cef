using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DisableTriggerRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A trigger is switched off or on";
    public override string Condition => "ALTER TABLE disables or enables a trigger of a table that exists already.";
    public override string Effect => "Writers wait for the lock and behind it. Once it is off, rows are written that the trigger never sees: with ALL or SYSTEM triggers off, foreign keys are not checked either.";
    public override string Workaround => "Leave the trigger on, and make its function let the rows in question pass.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not ToggleTrigger toggle || !situation.StopsTraffic)
        {
            yield break;
        }
        var trigger = toggle.Name is "ALL" or "USER" ? $"{(toggle.Name == "ALL" ? "every trigger" : "every trigger of the user")}" : $"trigger {toggle.Name}";
        yield return Find(
            situation,
            Severity.Careful,
            toggle.Enable
                ? $"Switching on {trigger} of {toggle.Table} stops {Say.Stopped(situation.Impact, situation.Engine)} until the migration commits, and changes what every later write does."
                : $"Switching off {trigger} of {toggle.Table} stops {Say.Stopped(situation.Impact, situation.Engine)} until the migration commits; rows written while it is off pass it by.",
            Evidence.Join($"{situation.Impact.Locks[0].Mode} lock until the migration commits", Evidence.Of(situation.Impact.Basis)),
            Cure.Text($"Leave {trigger} as it is, and have its function pass over the rows of the migration, for example by a setting that it reads"));
    }
}
