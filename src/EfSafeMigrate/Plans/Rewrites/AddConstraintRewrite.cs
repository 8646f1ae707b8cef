using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>A foreign key or check holds for new rows first and is proved for the old ones while traffic goes on.</summary>
internal sealed class AddConstraintRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context) => change switch
    {
        AddForeignKey { ForeignKey: { Name: { } name } key } add when !context.IsNew(add.Table) =>
            Pieces<AddForeignKey, DropForeignKey>(
                add.Table, name, Postponed.ForeignKey, context.Source.Find(add.Table)!.ForeignKeys.Any(each => each.Name == name),
                proposed => proposed.ForeignKey.Name == name, drop => drop.Name == name,
                context.Forms.ForeignKey(add, context.Before), context.Forms.ProofStopsTraffic,
                $"{key.Principal} has to have each {string.Join(", ", key.Columns)} of {add.Table}: rows without one make the proof of {name} fail, and nothing else."),
        AddCheckConstraint { Check: { Name: { } name } } add when !context.IsNew(add.Table) =>
            Pieces<AddCheckConstraint, DropCheckConstraint>(
                add.Table, name, Postponed.Check, context.Source.Find(add.Table)!.Checks.Any(each => each.Name == name),
                proposed => proposed.Check.Name == name, drop => drop.Name == name,
                context.Forms.Check(add, context.Before), context.Forms.ProofStopsTraffic,
                $"Rows that contradict {name} make its proof fail, and nothing else."),
        _ => null,
    };

    /// <param name="replaces">One of this name goes: then the new one comes in the same migration, so that no row slips between.</param>
    private static IReadOnlyList<Piece>? Pieces<TAdd, TDrop>(
        TableName table, string name, Postponed what, bool replaces, Func<TAdd, bool> isAdd, Func<TDrop, bool> isDrop,
        ConstraintForm? form, bool late, string note)
        where TAdd : TableChange where TDrop : TableChange
    {
        if (form is null)
        {
            return null;
        }
        if (form.Unprove.Count == 0 && !replaces)
        {
            // Behind the indexes, which such an engine would build by itself otherwise.
            return
            [
                new(Slot.ConstrainProved, $"adds {name} while traffic goes on")
                {
                    Table = table,
                    Lifts = [new Postpone(table, what, name)],
                    Note = note,
                    Up = new()
                    {
                        Disposals = [Disposals.Replaced<TAdd>(
                            add => add.Table.Matches(table) && isAdd(add), "added without a copy",
                            new Sql(form.Announce, Suppressed: false, "Looks for rows without theirs, and adds it without a copy"),
                            new Sql(form.Prove, Suppressed: false, "For rows that came in between"))],
                    },
                    Down = new() { Disposals = [Disposals.Emitted<TDrop>(drop => drop.Table.Matches(table) && isDrop(drop), null)] },
                },
            ];
        }
        var added = new Sql(form.Announce, Suppressed: false, "Holds for new rows at once and reads none of the old");
        return
        [
            new(replaces ? Slot.Expand : Slot.ConstrainNew, $"adds {name} for new rows")
            {
                Table = table,
                Lifts = [new Postpone(table, what, name)],
                Note = note,
                Up = new() { Disposals = [Disposals.Replaced<TAdd>(add => add.Table.Matches(table) && isAdd(add), "added without reading the old rows", added)] },
                Down = new() { Disposals = [Disposals.Emitted<TDrop>(drop => drop.Table.Matches(table) && isDrop(drop), null)] },
            },
            new(late ? Slot.ContractProved : Slot.ConstrainProved, $"proves {name} while traffic {(late ? "waits" : "goes on")}")
            {
                Table = table,
                Up = new() { First = [new Sql(form.Prove, Suppressed: false, late ? "Reads the old rows; nobody uses the table meanwhile" : "Reads the old rows while traffic goes on")] },
                Down = new() { First = [.. form.Unprove.Select((statement, at) => new Sql(statement, Suppressed: false, at == 0 ? "Unproved again: holds for new rows only" : null))] },
            },
        ];
    }
}
