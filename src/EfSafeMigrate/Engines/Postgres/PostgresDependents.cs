using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Objects that make PostgreSQL refuse a change to a column.</summary>
internal static class PostgresDependents
{
    public static string? KeepingColumn(TableName table, string column, DatabaseModel model) =>
        Views(table, column, model).Select(view => $"View `{view}` uses column `{column}`: the drop needs CASCADE.").FirstOrDefault()
        ?? Generated(table, column, model).Select(other => $"Generated column `{other}` uses column `{column}`: the drop needs CASCADE.").FirstOrDefault()
        ?? model.Children(table, column).Select(child => $"A foreign key of `{child}` references column `{column}`: the drop needs CASCADE.").FirstOrDefault();

    public static string? FixingType(TableName table, string column, DatabaseModel model) =>
        Views(table, column, model).Select(view => $"View `{view}` uses column `{column}`, so its type cannot change.").FirstOrDefault()
        ?? Generated(table, column, model).Select(other => $"Generated column `{other}` uses column `{column}`, so its type cannot change.").FirstOrDefault()
        ?? model.Find(table)?.Pinned.Where(pinned => pinned.Column == column)
            .Select(pinned => $"The {pinned.By} names column `{column}`, so its type cannot change.").FirstOrDefault();

    private static IEnumerable<TableName> Views(TableName table, string column, DatabaseModel model) =>
        from view in model.Tables
        where view.Kind is TableKind.View or TableKind.MaterializedView
        where view.Sql.Mentions(table.Name) && view.Sql.MentionsColumn(column)
        select view.Name;

    private static IEnumerable<string> Generated(TableName table, string column, DatabaseModel model) =>
        from other in model.Find(table)?.Columns ?? []
        where other.Name != column && other.ComputedSql.MentionsColumn(column)
        select other.Name;
}
