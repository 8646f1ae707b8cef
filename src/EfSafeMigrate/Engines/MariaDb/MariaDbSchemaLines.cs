using EfSafeMigrate.Engines.MySql;

namespace EfSafeMigrate.Engines.MariaDb;

/// <summary>MariaDB's catalogue as lines, with the tables that checks are on. The check by which a column of the type json is known belongs to its type.</summary>
internal static class MariaDbSchemaLines
{
    /// <summary>Of the checks <c>k</c>, that of a column of the type json.</summary>
    public const string OfJson = "k.level = 'Column' AND k.check_clause = CONCAT('json_valid(`', REPLACE(k.constraint_name, '`', '``'), '`)')";

    private const string Checks = $"""
        SELECT 'constraint', k.table_name, k.constraint_name, CONCAT('CHECK (', k.check_clause, ')')
        FROM information_schema.check_constraints k WHERE k.constraint_schema = database() AND NOT ({OfJson})
        """;

    private static readonly string Lines =
        MySqlSchemaLines.Lines(Checks, "LEFT(COALESCE(owner, name), 15) <> '__safe_migrate_' AND COALESCE(owner, name) NOT IN ('__EFMigrationsHistory', @p0)");

    public static readonly SchemaForms Value = new()
    {
        Lines = history => new(Lines, history?.Name ?? ""),
        Read = row => [row is ["index", _, "PRIMARY", _] ? new("constraint", row[1], "PRIMARY", $"PRIMARY KEY {row[3]}") : new(row[0]!, row[1], row[2]!, row[3] ?? "")],
        Columns = history => new($"""
            SELECT NULL, c.table_name, c.column_name, CAST(k.ordinal_position AS char)
            FROM information_schema.columns c JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type IN {MySqlSchemaLines.WithRows}
            LEFT JOIN information_schema.key_column_usage k ON k.table_schema = c.table_schema AND k.table_name = c.table_name AND k.column_name = c.column_name AND k.constraint_name = 'PRIMARY'
            WHERE c.table_schema = database() AND LEFT(c.table_name, 15) <> '__safe_migrate_' AND c.table_name NOT IN ('__EFMigrationsHistory', @p0) ORDER BY c.table_name, c.column_name
            """, history?.Name ?? ""),
    };
}
