using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>
/// An integer key and the columns that reference it get a wider type together: a shadow of each is kept equal by a trigger and filled, indexes
/// and foreign keys are built on the shadows, and one short migration puts them in the columns' places. Either release reads and writes both types.
/// </summary>
internal sealed class WidenKeyRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context)
    {
        if (change is not AlterColumn alter || WidenedKeys.Around(alter, context) is not { } keys)
        {
            return null;
        }
        if (!keys.IsFirst(alter))
        {
            return [];
        }
        keys.Refuse(context);
        return
        [
            Expand(keys, context),
            .. keys.Columns.Select(column => Backfills.Piece(keys.Fill(column, context), context)),
            .. keys.Tables.Where(table => table.Required.Any()).Select(table => Require(table, context)),
            .. keys.Tables.SelectMany(table => table.Builds(context)),
            .. keys.Tables.Where(table => table.ForeignKeys.Count > 0).Select(table => Reference(table, context)),
            .. keys.Tables.Select(table => Prove(table, context)),
            new KeySwap(keys, context).Piece(),
        ];
    }

    private static Piece Expand(WidenedKeys keys, PlanContext context)
    {
        var forms = context.Forms.Swap!;
        var names = keys.Tables.Where(table => table.Columns.Count > 0).ToList();
        return new(Slot.Expand, $"adds a wider column beside {string.Join(", ", keys.Columns)}; triggers keep them equal")
        {
            Table = keys.Columns[0].Table,
            Note = $"Values beyond {keys.Columns[0].Old.Type} come with the contract: until then none can be written, and after it a release that knows the old type only cannot read them. "
                + $"From the contract on {string.Join(", ", keys.Columns)} stand last in their tables, which an INSERT without column names notices, and a statement that is kept prepared fails once.",
            Up = new()
            {
                Locks = keys.Locks,
                First =
                [
                    keys.RefuseDependents(context),
                    .. names.SelectMany(table => table.AddShadows(context)),
                    .. names.SelectMany(table => table.Trigger(context).Create),
                ],
            },
            Down = new()
            {
                Locks = keys.Locks,
                First =
                [
                    .. names.SelectMany(table => table.Trigger(context).Drop),
                    .. keys.Columns.Select(column => new Sql(forms.DropColumn(column.Table, column.Shadow), Suppressed: false)),
                ],
            },
        };
    }

    private static Piece Require(WidenedTable table, PlanContext context)
    {
        var rules = table.Required.Select(column => table.NotNull(column, context)).ToList();
        return new(Slot.ConstrainNew, $"requires {string.Join(" and ", table.Required.Select(column => column.Shadow))} of new rows")
        {
            Table = table.Name,
            Up = new() { Last = [.. rules.Select(rule => new Sql(rule.Proof!.Announce, Suppressed: false, "Holds for new rows at once and reads none of the old"))] },
            Down = new() { First = [.. rules.Select(rule => new Sql(rule.Proof!.Withdraw, Suppressed: false))] },
        };
    }

    private static Piece Reference(WidenedTable table, PlanContext context) =>
        new(Slot.ConstrainIndexed, $"adds {string.Join(", ", table.ForeignKeys.Select(key => key.Name))} on the wider columns, for new rows")
        {
            Table = table.Name,
            Up = new()
            {
                Locks = new([.. table.ForeignKeys.Select(key => key.Principal).Prepend(table.Name).Distinct()], Engines.Blocks.Writes),
                First =
                [
                    .. table.ForeignKeys.Select(key => new Sql(table.Announce(key, context).Announce, Suppressed: false, "Holds for new rows at once and reads none of the old")),
                ],
            },
            Down = new() { First = [.. table.ForeignKeys.Select(key => new Sql(context.Forms.DropConstraint(table.Name, table.Shadowed(key, context).Name!), Suppressed: false))] },
        };

    private static Piece Prove(WidenedTable table, PlanContext context)
    {
        var rules = table.Required.Select(column => table.NotNull(column, context)).ToList();
        var keys = table.ForeignKeys.Select(key => (Name: table.Shadowed(key, context).Name!, Form: table.Announce(key, context))).ToList();
        return new(Slot.ConstrainProved, $"proves what holds for the wider columns of {table.Name} while traffic goes on")
        {
            Table = table.Name,
            Up = new()
            {
                First =
                [
                    .. rules.Select(rule => rule.Proof!.Prove).Concat(keys.Select(key => key.Form.Validate)).Select(sql => new Sql(sql, Suppressed: false, "Reads the old rows while traffic goes on")),
                    .. table.Columns.Count == 0 ? Array.Empty<Step>()
                        : [new Sql(context.Forms.Swap!.Analyze(table.Name, [.. table.Columns.Select(column => column.Shadow)]), Suppressed: false, "Queries are planned by what is in the columns, from the contract on by these")],
                ],
                Last = [.. rules.SelectMany(rule => rule.Require).Select(sql => new Sql(sql, Suppressed: false, "Proved above, so nothing is scanned"))],
            },
            Down = new()
            {
                First =
                [
                    .. keys.SelectMany(key => new[] { context.Forms.DropConstraint(table.Name, key.Name), key.Form.Announce }).Concat(rules.SelectMany(rule => rule.Relax))
                        .Select(sql => new Sql(sql, Suppressed: false)),
                ],
            },
        };
    }
}
