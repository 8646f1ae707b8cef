using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>A table's share in a wider key: columns that get shadows, and what stands on them.</summary>
/// <param name="Columns">None where only a foreign key references one.</param>
/// <param name="PrimaryKey">Null when none of the columns is part of it.</param>
internal sealed record WidenedTable(
    TableName Name, IReadOnlyList<WidenedColumn> Columns, Key? PrimaryKey, IReadOnlyList<Key> Uniques, IReadOnlyList<Index> Indexes, IReadOnlyList<ForeignKey> ForeignKeys)
{
    /// <summary>All columns of the plan, because a foreign key has two sides.</summary>
    private IReadOnlyList<WidenedColumn> All { get; init; } = [];

    public static IReadOnlyList<WidenedTable> Around(IReadOnlyList<WidenedColumn> all, PlanContext context) =>
    [
        .. context.Source.Tables.Select(table => Of(table, all))
            .Where(table => table.Columns.Count > 0 || table.ForeignKeys.Count > 0)
            .OrderBy(table => table.Name.ToString(), StringComparer.Ordinal),
    ];

    public IEnumerable<WidenedColumn> Required => Columns.Where(column => !column.Old.Nullable);

    public IEnumerable<Key> Keys => PrimaryKey is null ? Uniques : Uniques.Prepend(PrimaryKey);

    /// <summary>What rests on the columns, by name.</summary>
    public IEnumerable<string> Names => Keys.Select(key => key.Name!).Concat(Indexes.Select(index => index.Name)).Concat(ForeignKeys.Select(key => key.Name!));

    /// <summary>Each with all that could change about it, its name first.</summary>
    public IEnumerable<string> Objects =>
    [
        .. Keys.Select(key => Text(key.Name!, key == PrimaryKey, string.Join(',', key.Columns))),
        .. Indexes.Select(index => Text(index.Name, index.Unique, string.Join(',', index.Columns.Concat(index.Include)), index.Filter, index.Method)),
        .. ForeignKeys.Select(key => Text(key.Name!, key.Principal, string.Join(',', key.Columns.Concat(key.PrincipalColumns)), key.OnDelete)),
    ];

    public ObjectNames TriggerNames(PlanContext context) => context.TriggerNames("widen", Name, Columns.Select(column => column.Name));

    public TriggerSteps Trigger(PlanContext context)
    {
        var objects = context.Forms.Swap!.Follow([.. Columns.Select(column => column.Spec)], TriggerNames(context));
        return Triggers.Steps(objects, Name, "Whichever release writes, the wider column follows") with { Counter = null };
    }

    public IEnumerable<Step> AddShadows(PlanContext context) =>
        Columns.Select(column => new Sql(context.Forms.AddColumn(Name, new(column.Shadow, column.New.Type, Nullable: true)), Suppressed: false, $"Takes the place of {column.Name} in the contract"));

    public NotNullForm NotNull(WidenedColumn column, PlanContext context) =>
        context.Forms.NotNull(Name, new(column.Shadow, column.New.Type, Nullable: false), Rewrites.NotNull.Name(Name, column.Shadow, context), context.Version);

    public Key Shadowed(Key key, PlanContext context) => new(context.Named("safe_migrate_next", key.Name!), [.. key.Columns.Select(Shadowed)]);

    public Index Shadowed(Index index, PlanContext context) => index with
    {
        Name = context.Named("safe_migrate_next", index.Name),
        Columns = [.. index.Columns.Select(Shadowed)],
        Include = [.. index.Include.Select(Shadowed)],
        Definition = index.Definition is { } definition ? Columns.Aggregate(definition, (sql, column) => context.Forms.Shadow!.Renamed(sql, column.Name, column.Shadow)) : null,
    };

    public ForeignKey Shadowed(ForeignKey key, PlanContext context) => key with
    {
        Name = context.Named("safe_migrate_next", key.Name!),
        Columns = [.. key.Columns.Select(Shadowed)],
        PrincipalColumns = [.. key.PrincipalColumns.Select(column => Shadowed(key.Principal, column))],
    };

    /// <summary>The foreign key on the shadows: for new rows, then for all.</summary>
    public (string Announce, string Validate) Announce(ForeignKey key, PlanContext context) =>
        context.Forms.ForeignKey(new(Name, Shadowed(key, context)), context.Before) is { } form
            ? (form.Announce, form.Prove)
            : throw PlanErrors.NotHandled($"a wider type under {key.Name}", "it cannot be added without reading the rows under a lock");

    public IEnumerable<Piece> Builds(PlanContext context) =>
    [
        .. Keys.Select(key => Build(key.Name!, new(Shadowed(key, context).Name!, Shadowed(key, context).Columns) { Unique = true }, context)),
        .. Indexes.Select(index => Build(index.Name, Shadowed(index, context), context)),
    ];

    private Piece Build(string name, Index index, PlanContext context)
    {
        var away = new Sql(context.Forms.DropIndex(Name, index.Name), Suppressed: true, "An interrupted build leaves an invalid index behind");
        var build = new Sql(context.Forms.BuildIndex(Name, index, index.Name, null), Suppressed: true, "Built while writers go on; alone in its migration");
        return new(Slot.ConstrainAlone, $"builds the index for {name} on the wider column while writers go on")
        {
            Table = Name,
            Up = new() { First = [away, build] },
            Down = new() { First = [away with { Comment = null }] },
        };
    }

    private static WidenedTable Of(Table table, IReadOnlyList<WidenedColumn> all)
    {
        var own = all.Where(column => column.Table.Matches(table.Name)).ToList();
        bool Touches(IEnumerable<string> columns) => columns.Any(name => own.Exists(column => column.Name == name));
        return new(
            table.Name, own,
            table.PrimaryKey is { } primary && Touches(primary.Columns) ? primary : null,
            [.. table.UniqueConstraints.Where(key => Touches(key.Columns))],
            [.. table.Indexes.Where(index => Touches(index.Columns.Concat(index.Include)))],
            [.. table.ForeignKeys.Where(key => Touches(key.Columns) || key.PrincipalColumns.Any(name => all.Any(column => column.IsAt((key.Principal, name)))))])
        {
            All = all,
        };
    }

    private string Shadowed(string column) => Shadowed(Name, column);

    private string Shadowed(TableName table, string column) => All.FirstOrDefault(each => each.IsAt((table, column)))?.Shadow ?? column;

    private static string Text(string name, params object?[] parts) => string.Join('\0', [name, .. parts]);
}
