using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>Objects that make SQLite refuse to drop a column or a rebuild's last step.</summary>
internal static class SqliteDependents
{
    public static string? KeepingColumn(TableName name, string column, DatabaseModel model)
    {
        var table = model.Find(name);
        return table?.PrimaryKey?.Columns.Contains(column) == true ? $"Column `{column}` is in the primary key."
            : table?.Indexes.FirstOrDefault(index => index.Columns.Append(index.Filter ?? "").Any(part => part.MentionsColumn(column))) is { } index
                ? $"Index `{index.Name}` uses column `{column}`: drop the index first."
            : table?.UniqueConstraints.Any(key => key.Columns.Contains(column)) == true ? $"Column `{column}` is in a UNIQUE constraint."
            : table?.ForeignKeys.Any(key => key.Columns.Contains(column)) == true ? $"Column `{column}` is in a foreign key."
            : table?.Checks.Any(check => check.Sql.MentionsColumn(column)) == true ? $"A CHECK uses column `{column}`."
            : table?.Columns.FirstOrDefault(other => other.Name != column && other.ComputedSql.MentionsColumn(column)) is { } generated
                ? $"Generated column `{generated.Name}` uses column `{column}`."
            : Views(name, model).FirstOrDefault(view => view.Sql.MentionsColumn(column)) is { } used ? $"View `{used.Name}` uses column `{column}`."
            : null;
    }

    /// <summary>A rebuild drops the table for a moment, and the rename that follows checks every view.</summary>
    public static string? StoppingRebuild(TableName table, DatabaseModel model) =>
        Views(table, model).FirstOrDefault() is { } view
            ? $"View `{view.Name}` reads `{table}`, so the rebuild fails at its rename: drop the view before and create it again after."
            : null;

    private static IEnumerable<Table> Views(TableName table, DatabaseModel model) =>
        model.Tables.Where(view => view.Kind == TableKind.View && view.Sql.Mentions(table.Name));
}
