using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>The table stays until no release uses it; writes to it are counted.</summary>
internal sealed class DropTableRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context)
    {
        if (change is not DropTable { Table: var table } || context.Source.Find(table) is not { Kind: TableKind.Table } source)
        {
            return null;
        }
        var names = context.TriggerNames("drop", table);
        var counter = Triggers.Steps(
            context.Forms.CountStatements(table, names), PlanContext.Counter(table, names), $"Counts writes to {table.Name}, so that it is known when the old release is gone");
        var holding = source.ForeignKeys.Where(key => key.OnDelete is not ("CASCADE" or "SET NULL" or "SET DEFAULT")).Select(key => key.Principal.ToString()).Distinct().ToList();
        return
        [
            new(Slot.Expand, $"keeps {table} for the running release")
            {
                Table = table,
                Note = holding.Count > 0 ? $"Until contract the new release cannot delete rows of {string.Join(" and ", holding)} that {table} still references." : null,
                Up = new() { Last = counter.Create },
                Down = new() { First = counter.Drop },
            },
            new(Slot.Contract, $"drops {table}")
            {
                Gate = new(counter.Counter),
                Table = table,
                Lifts = [new KeepTable(table)],
                Loses = $"The rows of {table} do not come back.",
                Up = new() { First = counter.Drop, Disposals = [Disposals.Emitted<DropTable>(drop => drop.Table.Matches(table), null)] },
                Down = new() { Last = counter.Create },
            },
        ];
    }
}
