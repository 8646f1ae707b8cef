using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>One column split into several, or several merged into one: the new columns stand beside the old ones, and a trigger makes each side of the other.</summary>
internal sealed class RegroupColumnsRewrite : Rewrite
{
    /// <summary>The whole group is planned with the first of its new columns.</summary>
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context)
    {
        var (table, name) = change switch
        {
            AddColumn add => (add.Table, add.Column.Name),
            DropColumn drop => (drop.Table, drop.Name),
            _ => (null, ""),
        };
        if (table is null || context.Group(table, name) is not { } group)
        {
            return null;
        }
        if (change is not AddColumn || name != group.New[0])
        {
            return [];
        }
        RegroupRefusals.Check(group, context);
        return Pieces(group, RegroupedValues.Of(group, context), context);
    }

    private static IReadOnlyList<Piece> Pieces(ColumnGroup group, RegroupedValues values, PlanContext context)
    {
        var table = group.Table;
        var names = context.TriggerNames("sync", table, [.. group.Old, .. group.New]);
        var counter = PlanContext.Counter(table, names);
        var sync = Triggers.Steps(context.Forms.Sync(values.Spec, names), counter, $"Makes {string.Join(", ", group.New)} of {string.Join(", ", group.Old)} and back, whichever release writes");
        var filled = values.Forward(context.Key(table), names.Trigger, context);
        var made = new Together([], sync.Create);
        return
        [
            new(Slot.Expand, $"adds {string.Join(", ", group.New)} to {table}; a trigger makes them of {string.Join(", ", group.Old)} and back")
            {
                Table = table,
                Note = $"Until contract a write of {group.Listed([.. group.Old, .. group.New])} fails where an expression does: each has to have an answer for whatever either release writes.",
                Regroups = values.Regrouping,
                Up = new()
                {
                    Disposals =
                    [
                        .. group.New.Select(column => Disposals.Emitted<AddColumn>(add => add.Column.Name == column && add.Table.Matches(table), null) with { Together = made }),
                        .. values.Old.Where(context.RelaxesOld).Select(old => Disposals.Emitted<AlterColumn>(alter => alter.New.Name == old.Name && alter.Table.Matches(table), null)),
                    ],
                    Last = context.Forms.FillsOmitted ? [] : [.. values.Old.SelectMany(old => Standing.Default(table, old, set: true, context))],
                },
                Down = new() { First = [.. context.Forms.FillsOmitted ? [] : values.Old.SelectMany(old => Standing.Default(table, old, set: false, context)), .. sync.Drop] },
            },
            .. filled.Select(spec => Backfills.Piece(spec, context) with { Regroups = values.Regrouping }),
            .. NotNull.IsLate(context) ? [] : values.New.Where(fresh => !fresh.Nullable).SelectMany(fresh => NotNull.Pieces(table, fresh, context)),
            Contract(group, values, sync, names, filled, context),
        ];
    }

    private static Piece Contract(ColumnGroup group, RegroupedValues values, TriggerSteps sync, Engines.ObjectNames names, IReadOnlyList<BackfillSpec> filled, PlanContext context)
    {
        var table = group.Table;
        var returned = Triggers.Steps(
            context.Forms.Sync(values.Spec with { NewHolds = true }, names), PlanContext.Counter(table, names),
            $"Makes each side of the other; until {string.Join(", ", group.Old)} {(group.Old.Count == 1 ? "is" : "are")} filled again, {string.Join(", ", group.New)} {(group.New.Count == 1 ? "holds" : "hold")}");
        // Where each step commits, the trigger fills the old columns until nothing but the columns themselves is left of them.
        var gone = new Together(
            context.CommitsEachStep ? [.. context.Forms.FillsOmitted ? values.Old.SelectMany(old => Standing.Default(table, old, set: true, context)) : [], .. sync.Drop] : [], []);
        var late = NotNull.IsLate(context) ? values.New.Where(fresh => !fresh.Nullable).ToList() : [];
        var required = late.Select(fresh => NotNull.AtContract(table, fresh, context)).ToList();
        var left = values.New.Select(fresh => (Column: fresh.Name, Value: Columns.MadeUp(fresh, context))).Where(each => each.Value is not null).ToList();
        return new(Slot.Contract, $"drops the trigger and {group.Listed(group.Old)}")
        {
            Table = table,
            Gate = new(sync.Counter, filled),
            Regroups = values.Regrouping,
            Loses = $"The values of {group.Listed(group.Old)} come back only as {(group.Old.Count == 1 ? "its expression makes" : "their expressions make")} them.",
            Lifts = [.. group.Old.Select(column => new KeepColumn(table, column)), .. values.Old.Where(context.RelaxesOld).Select(old => new Relax(table, old.Name)), .. late.Select(fresh => new Relax(table, fresh.Name))],
            Up = new()
            {
                First = context.CommitsEachStep ? [] : sync.Drop,
                Disposals =
                [
                    .. group.Old.Select(column => Disposals.Emitted<DropColumn>(drop => drop.Name == column && drop.Table.Matches(table), null) with { Together = gone }),
                    .. required.Select(each => each.Up),
                ],
                Last = [.. left.Select(each => new Sql(context.Forms.SetDefault(table, each.Column, each.Value), Suppressed: false, "EF's own migration leaves this default as well"))],
            },
            Down = new()
            {
                First = [.. left.Select(each => new Sql(context.Forms.SetDefault(table, each.Column, null), Suppressed: false))],
                Disposals = [.. Returns.Columns(table, [.. values.Old.Select(old => context.RelaxesOld(old) ? old with { Nullable = true } : old).Zip(values.Back(context))], returned, context), .. required.Select(each => each.Down)],
                Last = context.CommitsEachStep ? [] : sync.Create,
            },
        };
    }
}
