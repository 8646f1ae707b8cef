using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>Columns that foreign keys tie together and that all get a wider type.</summary>
/// <param name="Columns">In the order of their changes.</param>
/// <param name="Tables">Those of the columns, and those whose foreign keys reference one; in the order of their names.</param>
internal sealed record WidenedKeys(IReadOnlyList<WidenedColumn> Columns, IReadOnlyList<WidenedTable> Tables)
{
    /// <summary>Null when the change is none that widens a key or a column of a foreign key.</summary>
    public static WidenedKeys? Around(AlterColumn change, PlanContext context)
    {
        if (context.Forms.Swap is not { } forms)
        {
            return null;
        }
        var all = context.Changes.OfType<AlterColumn>().Select(alter => WidenedColumn.Of(alter, forms, context)).OfType<WidenedColumn>().ToList();
        if (all.Find(column => column.Is(change)) is not { } start)
        {
            return null;
        }
        var links = Links(context).ToList();
        HashSet<WidenedColumn> tied = [start];
        for (var count = 0; count != tied.Count;)
        {
            count = tied.Count;
            tied.UnionWith(all.Where(column => links.Exists(link =>
                (column.IsAt(link.One) && tied.Any(other => other.IsAt(link.Other))) || (column.IsAt(link.Other) && tied.Any(other => other.IsAt(link.One))))));
        }
        var columns = all.Where(tied.Contains).ToList();
        var isKey = columns.Exists(column => context.Source.Find(column.Table)!.PrimaryKey?.Columns.Contains(column.Name) == true || links.Exists(link => column.IsAt(link.Other)));
        return isKey ? new(columns, WidenedTable.Around(columns, context)) : null;
    }

    public bool IsFirst(AlterColumn change) => Columns[0].Is(change);

    /// <exception cref="SafeMigrateException">Something else about the columns, or about what stands on them, changes as well or cannot follow.</exception>
    public void Refuse(PlanContext context)
    {
        foreach (var column in Columns)
        {
            var table = context.Source.Find(column.Table)!;
            var why =
                column.Old with { Type = column.New.Type } != column.New ? "it changes in more than its type; change the rest in a later migration"
                : table.Kind != TableKind.Table ? $"{table.Name} is not an ordinary table"
                : table.Columns.FirstOrDefault(other => other.ComputedSql.Mentions(column.Name)) is { } computed ? $"{computed.Name} is computed from it"
                : table.Checks.FirstOrDefault(check => check.Sql.Mentions(column.Name)) is { } check ? $"{check.Name} checks it; drop the check first and add it again afterwards"
                : table.Indexes.FirstOrDefault(index => index.Filter.Mentions(column.Name) || index.Columns.Any(each => each.StartsWith('(') && each.Mentions(column.Name))) is { } index
                    ? $"{index.Name} has a filter or an expression over it; drop the index first and add it again afterwards"
                : null;
            if (why is not null)
            {
                throw PlanErrors.NotHandled($"the change of {column} from {column.Old.Type} to {column.New.Type}", why);
            }
        }
        var after = WidenedTable.Around(Columns, context with { Source = context.Target }).SelectMany(table => table.Objects).ToHashSet();
        after.SymmetricExceptWith(Tables.SelectMany(table => table.Objects));
        if (after.FirstOrDefault() is { } other)
        {
            throw PlanErrors.NotHandled(
                $"the change of {Columns[0]} from {Columns[0].Old.Type} to {Columns[0].New.Type}", $"{other.Split('\0')[0]} is on it and changes as well; change that in a migration before or after");
        }
    }

    public BackfillSpec Fill(WidenedColumn column, PlanContext context)
    {
        var table = Tables.First(each => each.Name == column.Table);
        return new(column.Table, context.Key(column.Table), column.Shadow, context.Engine.Quote(column.Name)) { Trigger = table.TriggerNames(context).Trigger };
    }

    public TableLocks Locks => new([.. Tables.Select(table => table.Name)], Blocks.ReadsAndWrites);

    public Sql RefuseDependents(PlanContext context) => new(
        context.Forms.Swap!.RefuseDependents(
            [.. Columns.Select(column => (column.Table, column.Name))],
            [.. Tables.SelectMany(table => table.Names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. Tables.SelectMany(table => context.Forms.Swap!.Plain(table.Name, table.Indexes))]),
        Suppressed: false, "What the model does not know of would be lost with the old columns");

    private static IEnumerable<((TableName Table, string Column) One, (TableName Table, string Column) Other)> Links(PlanContext context) =>
        from table in context.Source.Tables
        from key in table.ForeignKeys
        from pair in key.Columns.Zip(key.PrincipalColumns)
        select ((table.Name, pair.First), (key.Principal, pair.Second));
}

/// <param name="Shadow">The wider column that stands beside it and takes its place.</param>
internal sealed record WidenedColumn(TableName Table, Column Old, Column New, string Shadow)
{
    public string Name => Old.Name;

    public static WidenedColumn? Of(AlterColumn alter, SwapForms forms, PlanContext context) =>
        context.Old(alter.Table, alter.New.Name) is { } old && context.New(alter.Table, alter.New.Name) is { } fresh && forms.Widens(old.Type, fresh.Type)
            ? new(context.Source.Find(alter.Table)!.Name, old, fresh, context.Named("safe_migrate_next", alter.Table.Name, old.Name))
            : null;

    public bool Is(AlterColumn alter) => alter.New.Name == Name && alter.Table.Matches(Table);

    public bool IsAt((TableName Table, string Column) place) => place.Column == Name && place.Table.Matches(Table);

    public ShadowSpec Spec => new(Table, Name, Old.Type, Shadow, New.Type);

    public override string ToString() => $"{Table}.{Name}";
}
