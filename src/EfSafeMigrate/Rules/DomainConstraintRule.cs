using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class DomainConstraintRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A rule of a domain is tested on every table that uses it";
    public override string Condition => "ALTER DOMAIN adds or validates a constraint, or sets NOT NULL, and columns of existing tables are of that domain.";
    public override string Effect => "Every row of every such table is read while writers of all of them wait. One value that breaks the rule fails the migration.";
    public override string Workaround => "Add the constraint NOT VALID: new values are held to it at once. Or use the plain type and a CHECK on each table.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AlterDomain alter || !situation.Impact.Lasting || !situation.StopsTraffic)
        {
            yield break;
        }
        var used = situation.Impact.Locks.Where(taken => !situation.IsNew(taken.Table)).ToList();
        if (used.Count == 0)
        {
            yield break;
        }
        var tables = Say.List([.. used.Select(taken => Say.Sized(taken.Table, situation.Facts.Of(taken.Table)))]);
        yield return Find(
            situation,
            used.TrueForAll(taken => Sizes.IsSmall(situation.Facts.Of(taken.Table))) ? Severity.Careful : Severity.Dangerous,
            $"ALTER DOMAIN {alter.Name} reads every row of {tables} and stops {Say.Stopped(Blocks.Writes, used, situation.Engine)} until the scan ends; one value that breaks the rule makes it fail.",
            Evidence.Of(situation, "the scan"),
            situation.Engine.Online.Domain?.Invoke(alter, situation.State)
                ?? Cure.Text($"Apply it when nobody writes to {Say.List([.. used.Select(taken => taken.Table.ToString())])}, and review it with {FactSheet.NoTrafficFlag}"));
    }
}
