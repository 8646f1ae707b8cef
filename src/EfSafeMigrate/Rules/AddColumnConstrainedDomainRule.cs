using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class AddColumnConstrainedDomainRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A new column's domain is checked row by row";
    public override string Condition => "A column is added whose type is a domain with a CHECK or NOT NULL, with or without a default.";
    public override string Effect => "The engine does not trust one value for all rows when a domain has a rule: it writes every row anew under a lock that stops reads and writes.";
    public override string Workaround => "Add the column with the domain's base type, and hold the rule by a CHECK constraint that is added unvalidated and validated in a migration of its own.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddColumn { Column: { Identity: false, ComputedSql: null } column } add || situation.Before.ConstrainedDomain(column.Type) is not { } domain
            || !situation.Impact.Work.HasFlag(Work.Rewrite) || !situation.StopsTraffic || (column.Default is { } given && situation.Engine.DiffersByRow(given, situation.Before)))
        {
            yield break;
        }
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{column.Name} is of the domain {domain.Name}, whose rule is checked when every row of {Say.Sized(add.Table, situation.Table)} is written anew; that stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the rewrite")}.",
            Evidence.Of(situation, "the rewrite"),
            Cure.Text($"Add {column.Name} as {domain.Type}, and hold the rule of {domain.Name} by a CHECK constraint, added NOT VALID and validated in a migration of its own"));
    }
}
