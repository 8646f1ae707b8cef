namespace EfSafeMigrate.Changes;

/// <summary>What becomes of a table's indexes and constraints when a column goes or is renamed.</summary>
internal static class ColumnEvolution
{
    public static Table WithColumn(this Table table, string name, Func<Column, Column> change) => table with
    {
        Columns = [.. table.Columns.Select(column => column.Name == name ? change(column) : column)],
    };

    // PostgreSQL drops every index and constraint that mentions the column, also those over several columns.
    public static Table WithoutColumn(this Table table, string name) => table with
    {
        Columns = [.. table.Columns.Where(column => column.Name != name)],
        PrimaryKey = table.PrimaryKey?.Columns.Contains(name) == true ? null : table.PrimaryKey,
        UniqueConstraints = [.. table.UniqueConstraints.Where(key => !key.Columns.Contains(name))],
        ForeignKeys = [.. table.ForeignKeys.Where(key => !key.Columns.Contains(name))],
        Checks = [.. table.Checks.Where(check => !check.Sql.Mentions(name))],
        NotNulls = [.. table.NotNulls.Where(each => each.Column != name)],
        Indexes = [.. table.Indexes.Where(index => !index.Uses(name))],
    };

    public static Table WithColumnRenamed(this Table table, string name, string newName)
    {
        IReadOnlyList<string> Renamed(IReadOnlyList<string> names) => [.. names.Select(each => each == name ? newName : each)];

        return table with
        {
            Columns =
            [
                .. table.Columns.Select(column => (column.Name == name ? column with { Name = newName } : column) with
                {
                    ComputedSql = column.ComputedSql?.Renamed(name, newName),
                }),
            ],
            PrimaryKey = table.PrimaryKey is null ? null : table.PrimaryKey with { Columns = Renamed(table.PrimaryKey.Columns) },
            UniqueConstraints = [.. table.UniqueConstraints.Select(key => key with { Columns = Renamed(key.Columns) })],
            ForeignKeys = [.. table.ForeignKeys.Select(key => key with { Columns = Renamed(key.Columns) })],
            Checks = [.. table.Checks.Select(check => check with { Sql = check.Sql.Renamed(name, newName) })],
            NotNulls = [.. table.NotNulls.Select(each => each.Column == name ? each with { Column = newName } : each)],
            Indexes =
            [
                .. table.Indexes.Select(index => index with
                {
                    Columns = [.. index.Columns.Select(each => each == name ? newName : IsExpression(each) ? each.Renamed(name, newName) : each)],
                    Include = Renamed(index.Include),
                    Filter = index.Filter?.Renamed(name, newName),
                    Definition = index.Definition?.Renamed(name, newName),
                }),
            ],
        };
    }

    public static bool Uses(this Index index, string name) =>
        index.Columns.Any(each => each == name || (IsExpression(each) && each.Mentions(name)))
        || index.Include.Contains(name)
        || index.Filter.Mentions(name);

    private static bool IsExpression(string column) => column.StartsWith('(');
}
