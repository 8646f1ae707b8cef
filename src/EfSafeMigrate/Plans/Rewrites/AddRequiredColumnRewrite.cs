using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>
/// A required column whose rows need more than a constant: added nullable, filled, then made required. With a constant default that is meant
/// the engine needs no phases, and EF's operation is left as it is.
/// </summary>
internal sealed class AddRequiredColumnRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context)
    {
        if (change is not AddColumn { Column: { Nullable: false, ComputedSql: null, Identity: false } column } add || context.IsNew(add.Table)
            || (Columns.IsRewritten(add, context) && context.Fill(add.Table, column.Name) is null) || context.Group(add.Table, column.Name) is not null)
        {
            return null;
        }
        var (table, name) = (add.Table, column.Name);
        var modelled = context.New(table, name)?.Default;
        var fill = context.Fill(table, name);
        if (fill is null && column.Default is not null && (modelled is not null || !IsReference(table, name, context)))
        {
            return null;
        }
        var value = fill ?? throw PlanErrors.NeedsFill(table, name, column.Default is { } made
            ? $"EF makes up {made.Sql}, which is no key that the foreign key allows"
            : $"{name} is required and has no default");
        bool Altered(AlterColumn alter) => alter.New.Name == name && alter.Table.Matches(table);
        return new FilledColumn(table, name, value, modelled is null ? column.Default : null).Pieces(
            $"adds {name} to {table}; a trigger fills it for the running release",
            trigger => new() { Disposals = [Disposals.Emitted<AddColumn>(proposed => proposed.Column.Name == name && proposed.Table.Matches(table), null, trigger.Create)] },
            modelled is null ? [] : [new DropDefault(table, name)],
            modelled is null ? null : Disposals.Emitted<AlterColumn>(Altered, null),
            context);
    }

    private static bool IsReference(TableName table, string column, PlanContext context) =>
        context.Target.Find(table)?.ForeignKeys.Any(key => key.Columns.Contains(column)) == true;
}
