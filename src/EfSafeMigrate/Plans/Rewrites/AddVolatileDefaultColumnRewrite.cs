using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>A column whose default is computed for each row: added without it, so that no row is written under a lock, then filled.</summary>
internal sealed class AddVolatileDefaultColumnRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context)
    {
        if (change is not AddColumn add || context.IsNew(add.Table) || !Columns.IsRewritten(add, context) || context.Fill(add.Table, add.Column.Name) is not null
            || context.Group(add.Table, add.Column.Name) is not null)
        {
            return null;
        }
        var (table, column, given) = (add.Table, add.Column, add.Column.Default!);
        var spec = new BackfillSpec(table, context.Key(table), column.Name, given.Sql) { NullsOnly = true };
        return
        [
            new(Slot.Expand, $"adds {column.Name} to {table} without computing it for each row")
            {
                Table = table,
                Up = new()
                {
                    Disposals = [Disposals.Shaped<AddColumn>(
                        proposed => proposed.Column.Name == column.Name && proposed.Table.Matches(table),
                        emit => emit with { ClearDefault = true },
                        "Without its default, which would write every row under a lock",
                        new Sql(context.Forms.SetDefault(table, column.Name, given), Suppressed: false, "For new rows"))],
                },
            },
            Backfills.Piece(spec, context),
            .. column.Nullable ? [] : NotNull.Pieces(table, column, context),
        ];
    }
}
