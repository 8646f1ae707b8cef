using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>How the columns of a group are made of each other.</summary>
/// <param name="Regrouping">Each value as one of its column's type.</param>
/// <param name="Spec">The same for the trigger.</param>
internal sealed record RegroupedValues(IReadOnlyList<Column> Old, IReadOnlyList<Column> New, Regrouping Regrouping, SyncSpec Spec)
{
    public static RegroupedValues Of(ColumnGroup group, PlanContext context)
    {
        var table = group.Table;
        var (old, fresh) = (group.Old.Select(name => context.Old(table, name)!).ToList(), group.New.Select(name => context.New(table, name)!).ToList());
        var regrouping = new Regrouping(table, [.. old.Select(column => Made(column, null))], [.. fresh.Select(column => Made(column, column.Nullable ? null : context.Fill(table, column.Name)))]);
        var spec = new SyncSpec(
            table,
            [
                .. old.Zip(regrouping.Old, (column, made) => new SyncedColumn(made.Name, made.Sql)
                {
                    Left = column.Default?.Sql ?? "NULL",
                    Needed = column is { Nullable: false, Default: null },
                    ByImage = IsByImage(column, context),
                }),
            ],
            [.. fresh.Zip(regrouping.New, (column, made) => new SyncedColumn(made.Name, made.Sql) { ByImage = IsByImage(column, context) })])
        {
            Row = Columns.OfBoth(table, context), Key = context.Key(table),
        };
        return new(old, fresh, regrouping, spec);

        RegroupedColumn Made(Column column, string? fill)
        {
            var said = context.Using(table, column.Name)!;
            var whole = fill is null ? $"({said})" : $"COALESCE(({said}), {fill})";
            return new(column.Name, column.Type, context.Forms.Shadow?.Cast?.Invoke(whole, column.Type) ?? whole, !column.Nullable);
        }
    }

    /// <summary>What fills each new column. A row is left alone once the sides are images of each other, either way round.</summary>
    public IReadOnlyList<BackfillSpec> Forward(IReadOnlyList<string> key, string trigger, PlanContext context)
    {
        var required = New.Where(column => !column.Nullable).ToList();
        var empty = required.Count > 0
            ? string.Join(" OR ", required.Select(column => $"{context.Engine.Quote(column.Name)} IS NULL"))
            : $"({string.Join(" AND ", New.Select(column => $"{context.Engine.Quote(column.Name)} IS NULL"))})";
        var where = string.Join(" OR ", Back(context).Select(context.Forms.Unfilled).Select(differs => $"({differs})").Prepend(empty));
        return
        [
            .. New.Zip(Regrouping.New, (column, made) => new BackfillSpec(Regrouping.Table, key, made.Name, made.Sql)
            {
                ByImage = IsByImage(column, context),
                Where = where,
                Trigger = trigger,
            }),
        ];
    }

    /// <summary>What fills each old column when it comes back.</summary>
    public IReadOnlyList<BackfillSpec> Back(PlanContext context) =>
    [
        .. Old.Zip(Regrouping.Old, (column, made) => new BackfillSpec(Regrouping.Table, context.Key(Regrouping.Table), made.Name, made.Sql) { ByImage = IsByImage(column, context) }),
    ];

    private static bool IsByImage(Column column, PlanContext context) => column.Collation is not null || context.Forms.HasLooseEquality(column.Type);
}
