using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class DropTableRule : Rule
{
    public override Category Category => Category.Destructive;
    public override string Title => "A table is dropped with its rows";
    public override string Condition => "A table that an earlier migration created is dropped.";
    public override string Effect =>
        "The rows are gone; only a backup brings them back. The running release fails on every query of the table. Tables it references are locked for the moment of the drop.";
    public override string Workaround => "Stop mapping the table, leave its drop out of the migration, and deploy that release everywhere. Then rename the table to NAME_dropped, and drop that in a later migration, when nobody has missed it and its rows are saved.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not DropTable drop || TableCopy.Replaces(situation, drop.Table) || CreateTableDropsExistingRule.Speaks(situation))
        {
            yield break;
        }
        var unmapped = Retired.Table(situation, drop.Table);
        if (unmapped && Retired.IsSetAside(drop.Table.Name))
        {
            yield break;
        }
        var others = situation.Impact.Locks.Where(taken => !taken.Table.Matches(drop.Table) && taken.Blocks != Blocks.Nothing).Select(taken => taken.Table.ToString()).Distinct().ToArray();
        var locks = others is [var single] ? $" {single} is locked with it." : "";
        yield return Find(
            situation,
            unmapped ? Severity.Careful : Severity.Dangerous,
            $"{drop.Table} is dropped with {(situation.Table.Rows.Value is { } rows ? Say.Rows(rows) : "all its rows")}{(unmapped ? "; the running release does not map it" : ", and every query of the running release on it fails")}.{locks}",
            "a dropped table comes back from a backup only",
            Cure.Text($"{(unmapped ? "Instead" : $"First deploy a release that does not map {drop.Table}, with the drop left out of the migration; then")} rename it to {Retired.SetAside(drop.Table.Name)} in a migration of its own, and drop that in a later one, once nobody has missed it and its rows are saved"));
    }
}
