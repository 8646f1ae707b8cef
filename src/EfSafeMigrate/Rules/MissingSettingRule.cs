using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

/// <summary>A script that does not set what a careful session sets: said once, at the first change that takes a lock others wait for.</summary>
internal abstract class MissingSettingRule(SessionLimit limit) : Rule
{
    public override Category Category => Category.Hygiene;
    public override bool OnRequest => true;
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSession => true;

    /// <summary>What follows from the setting's absence, as the rest of a sentence.</summary>
    protected abstract string Consequence { get; }

    protected virtual bool Matters(Situation situation) => LockWait.Waits(situation);

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!situation.Migration.IsScript || !Matters(situation) || situation.Earlier.Any(Matters)
            || situation.Engine.Session.FirstOrDefault(each => each.Limit == limit) is not { } setting || situation.State.Version < setting.Since
            || situation.Migration.Session.Concat(situation.Migration.Changes).Any(change => change is SetSetting { Value: not null } set && set.Name.Equals(setting.Setting, StringComparison.OrdinalIgnoreCase)))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Safe,
            $"The script does not set {setting.Setting}: {Consequence}.",
            $"{setting.Setting} is off unless the role, the database or the server sets it",
            Cure.Text($"Begin the script with {setting.Statement.TrimEnd(';')}"));
    }
}
