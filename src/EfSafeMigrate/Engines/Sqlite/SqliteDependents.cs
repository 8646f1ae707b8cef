using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>Objects that make SQLite refuse to drop a column or a rebuild's last step.</summary>
internal static class SqliteDependents
{
    public static string? KeepingColumn(TableName name, string column, DatabaseModel model)
    {
        var table = model.Find(name);
        return table?.PrimaryKey?.Columns.Contains(column) == true ? $"Column `{column}` is in the primary key."
            : table?.Indexes.FirstOrDefault(index => index.Columns.Append(index.Filter ?? "").Any(part => Mentions(part, column))) is { } index
                ? $"Index `{index.Name}` uses column `{column}`: drop the index first."
            : table?.UniqueConstraints.Any(key => key.Columns.Contains(column)) == true ? $"Column `{column}` is in a UNIQUE constraint."
            : table?.ForeignKeys.Any(key => key.Columns.Contains(column)) == true ? $"Column `{column}` is in a foreign key."
            : table?.Checks.Any(check => Mentions(check.Sql, column)) == true ? $"A CHECK uses column `{column}`."
            : table?.Columns.FirstOrDefault(other => other.ComputedSql is { } sql && Mentions(sql, column)) is { } generated
                ? $"Generated column `{generated.Name}` uses column `{column}`."
            : Views(name, model).FirstOrDefault(view => Mentions(view.Query!, column)) is { } used ? $"View `{used.Name}` uses column `{column}`."
            : null;
    }

    /// <summary>A rebuild drops the table for a moment, and the rename that follows checks every view.</summary>
    public static string? StoppingRebuild(TableName table, DatabaseModel model) =>
        Views(table, model).FirstOrDefault() is { } view
            ? $"View `{view.Name}` reads `{table}`, so the rebuild fails at its rename: drop the view before and create it again after."
            : null;

    private static IEnumerable<Table> Views(TableName table, DatabaseModel model) =>
        model.Tables.Where(view => view is { Kind: TableKind.View, Query: { } query } && Mentions(query, table.Name));

    private static bool Mentions(string sql, string name) =>
        Regex.IsMatch(sql, $"""(?<![\w$]){Regex.Escape(name)}(?![\w$])""", RegexOptions.IgnoreCase);
}
