using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>The questions that every engine understands in the same words; each answers with the keys of rows.</summary>
internal static class RowQuestions
{
    /// <summary>What each row is called.</summary>
    public const string Row = "t";

    /// <param name="columns">Plain names; an expression in parentheses.</param>
    public static Ask Duplicates(this Engine engine, Table table, IReadOnlyList<string> columns, string? filter)
    {
        var parts = columns.Select(column => column.StartsWith('(') ? column : engine.Quoted(column)).ToArray();
        string[] where = [.. engine.NullsAreEqual ? [] : parts.Select(part => $"{part} IS NOT NULL"), .. filter is null || !engine.Probes.IndexesFilter ? Array.Empty<string>() : [$"({filter})"]];
        return new($"""
            SELECT{engine.Top()} {engine.FirstKey(table)}
            FROM {engine.QuoteTable(table.Name)} {Row}{(where.Length == 0 ? "" : $"\nWHERE {string.Join(" AND ", where)}")}
            GROUP BY {string.Join(", ", parts)}
            HAVING count(*) > 1{engine.Limit()}
            """);
    }

    public static Ask Nulls(this Engine engine, Table table, string column) => engine.Rows(table, $"{engine.Quoted(column)} IS NULL");

    /// <summary>A condition that is NULL lets the row pass.</summary>
    public static Ask Violations(this Engine engine, Table table, string condition) => engine.Rows(table, $"NOT ({condition})");

    public static Ask Orphans(this Engine engine, Table table, IReadOnlyList<string> columns, TableName principal, IReadOnlyList<string> principalColumns)
    {
        var given = columns.Select(column => $"{engine.Quoted(column)} IS NOT NULL");
        var same = principalColumns.Zip(columns, (theirs, ours) => $"p.{engine.Quote(theirs)} = {engine.Quoted(ours)}");
        return engine.Rows(table, $"""
            {string.Join(" AND ", given)}
              AND NOT EXISTS (SELECT 1 FROM {engine.QuoteTable(principal)} p WHERE {string.Join(" AND ", same)})
            """);
    }

    /// <summary>Rows whose old columns, made anew of those that are made of them, hold something else.</summary>
    public static Ask DoNotReturn(this Engine engine, Table table, Regrouping regrouping)
    {
        string Back(int at) => engine.Quote(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"safe_migrate_back_{at}"));
        var forth = regrouping.New.Where(column => table.Column(column.Name) is null).Select(column => $"{column.Sql} AS {engine.Quote(column.Name)}");
        var differs = regrouping.Old.Select((column, at) => engine.Phases!.Unfilled(new(table.Name, [], column.Name, Back(at))
        {
            ByImage = table.Column(column.Name)?.Collation is not null || engine.Phases.HasLooseEquality(column.Type),
        }));
        return engine.Rows(table, engine.Made(table, engine.Made(table, engine.QuoteTable(table.Name), forth), regrouping.Old.Select((column, at) => $"{column.Sql} AS {Back(at)}")), string.Join(" OR ", differs));
    }

    /// <summary>Rows whose value, made as SQL says, meets a condition.</summary>
    /// <param name="condition">Given the value.</param>
    public static Ask Made(this Engine engine, Table table, string sql, Func<string, string> condition)
    {
        var made = engine.Quote("safe_migrate_made");
        return engine.Rows(table, engine.Made(table, engine.QuoteTable(table.Name), [$"{sql} AS {made}"]), condition($"{Row}.{made}"));
    }

    /// <summary>The table with more columns, under its name.</summary>
    private static string Made(this Engine engine, Table table, string from, IEnumerable<string> more)
    {
        var name = engine.QuoteTable(new(null, table.Name.Name));
        // A column that the model does not know may have the name of one that is made.
        string[] known = from != engine.QuoteTable(table.Name) ? [$"{name}.*"]
            : [.. table.PrimaryKey is null && engine.Probes.RowAddress is { } address ? [$"{name}.{address}"] : Array.Empty<string>(), .. table.Columns.Select(column => $"{name}.{engine.Quote(column.Name)}")];
        return $"(SELECT {string.Join(", ", [.. known, .. more])} FROM {from} AS {name})";
    }

    /// <summary>How many rows a backfill has still to write, at most as many as are worth counting.</summary>
    public static Ask Unfilled(this Engine engine, BackfillSpec spec) => new(
        $"SELECT count(*) FROM ({engine.UnfilledRows(spec)} LIMIT 1000) {Row}");

    /// <summary>A row for each that a backfill has still to write.</summary>
    public static string UnfilledRows(this Engine engine, BackfillSpec spec) =>
        $"SELECT 1 FROM {engine.QuoteTable(spec.Table)} WHERE {engine.Phases!.Unfilled(spec)}";

    /// <param name="most">More are not counted; null for all.</param>
    public static Ask Count(this Engine engine, TableName table, int? most) => new(most is null
        ? $"SELECT count(*) FROM {engine.QuoteTable(table)}"
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SELECT count(*) FROM (SELECT 1 FROM {engine.QuoteTable(table)} LIMIT {most}) {Row}"));

    public static Ask Rows(this Engine engine, Table table, string condition) => engine.Rows(table, engine.QuoteTable(table.Name), condition);

    private static Ask Rows(this Engine engine, Table table, string from, string condition) => new($"""
        SELECT{engine.Top()} {engine.KeyOf(table)}
        FROM {from} {Row}
        WHERE {condition}{engine.Limit()}
        """);

    public static string Quoted(this Engine engine, string column) => $"{Row}.{engine.Quote(column)}";

    /// <summary>The row's key as text.</summary>
    public static string KeyOf(this Engine engine, Table table) =>
        table.PrimaryKey is { Columns: { Count: > 0 } columns } ? engine.Probes.Joined([.. columns.Select(column => engine.Text(table, column))])
        : engine.Probes.RowAddress is { } address ? engine.Probes.Text($"{Row}.{address}")
        : "NULL";

    /// <summary>The least key of a group: as a number where it is one, else 10 comes before 9.</summary>
    private static string FirstKey(this Engine engine, Table table) =>
        table.PrimaryKey?.Columns is [var only] && table.Column(only) is { } key && IsInteger(key.Type)
            ? engine.Probes.Text($"min({engine.Quoted(only)})")
            : $"min({engine.KeyOf(table)})";

    /// <summary>Bytes are no text in any character set.</summary>
    private static string Text(this Engine engine, Table table, string column) =>
        table.Column(column)?.Type.Contains("binary", StringComparison.OrdinalIgnoreCase) == true ? $"hex({engine.Quoted(column)})" : engine.Probes.Text(engine.Quoted(column));

    private static bool IsInteger(string type) =>
        type.Contains("int", StringComparison.OrdinalIgnoreCase) || type.Contains("serial", StringComparison.OrdinalIgnoreCase);

    private static string Top(this Engine engine) => engine.Probes.CountsFirst ? $" TOP ({Probes.Most})" : "";

    private static string Limit(this Engine engine) => engine.Probes.CountsFirst ? "" : $"\nLIMIT {Probes.Most}";
}
