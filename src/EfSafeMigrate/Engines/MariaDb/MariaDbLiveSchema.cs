using EfSafeMigrate.Engines.MySql;

namespace EfSafeMigrate.Engines.MariaDb;

/// <summary>Tables as MariaDB's catalogue has them; https://mariadb.com/kb/en/information-schema-tables/.</summary>
internal static class MariaDbLiveSchema
{
    public static readonly LiveSchemaForms Value = new()
    {
        Columns = new(Columns),
        Constraints = new(Constraints),
        Indexes = new(Indexes),
        TellsWording = true,
        SameType = (one, other) => MariaDbTypeText.Read(one) is var a && MariaDbTypeText.Read(other) is var b && a.Same(b) && IsFlag(a) == IsFlag(b),
        SameValue = (type, one, other) => new(MySqlType.Parse(type) switch
        {
            // The catalogue gives bytes as a text, and those that are none as question marks.
            { IsBinary: true } => "SELECT 'yes'",
            { IsNumber: true } or { Name: "date" or "time" or "datetime" or "timestamp" } => $"SELECT CASE WHEN ({one}) <=> ({other}) THEN 'yes' ELSE 'no' END",
            _ => $"SELECT CASE WHEN CAST({one} AS binary) <=> CAST({other} AS binary) THEN 'yes' ELSE 'no' END",
        }),
        SameCheck = MariaDbCheckText.MayBeSame,
    };

    // Drivers take this width, and no other, for true and false.
    private static bool IsFlag(MySqlType type) => type is { Name: "tinyint", Arguments: "1" };

    private const string Own = "table_schema = database() AND LEFT(table_name, 15) <> '__safe_migrate_'";

    private const string Columns = $"""
        SELECT NULL, c.table_name, CASE t.table_type WHEN 'VIEW' THEN 'yes' END, c.column_name, CASE WHEN j.constraint_name IS NULL THEN c.column_type ELSE 'json' END, LOWER(c.is_nullable),
          CASE WHEN COALESCE(c.generation_expression, '') = '' THEN NULLIF(c.column_default, 'NULL') END, CASE WHEN c.extra LIKE '%auto_increment%' THEN 'yes' END, NULLIF(c.generation_expression, ''),
          CASE WHEN j.constraint_name IS NULL AND c.collation_name <> t.table_collation THEN c.collation_name END, NULLIF(c.column_comment, ''), CASE WHEN t.table_type <> 'VIEW' THEN NULLIF(t.table_comment, '') END,
          CASE WHEN c.collation_name = t.table_collation OR c.collation_name = s.default_collate_name OR j.constraint_name IS NOT NULL THEN c.collation_name END
        FROM (SELECT * FROM information_schema.columns WHERE {Own}) c
        JOIN (SELECT table_name, table_type, table_collation, table_comment FROM information_schema.tables WHERE {Own}) t ON t.table_name = c.table_name AND t.table_type IN ('BASE TABLE', 'SYSTEM VERSIONED', 'VIEW')
        LEFT JOIN (SELECT k.table_name, k.constraint_name FROM information_schema.check_constraints k WHERE k.constraint_schema = database() AND {MariaDbSchemaLines.OfJson}) j
          ON j.table_name = c.table_name AND j.constraint_name = c.column_name AND c.column_type = 'longtext'
        LEFT JOIN information_schema.character_sets s ON s.character_set_name = c.character_set_name
        ORDER BY CAST(c.table_name AS binary), c.ordinal_position
        """;

    // A unique index is a constraint, too, by its name.
    private const string Constraints = $"""
        SELECT NULL, owner, kind, name, own, elsewhere, principal, theirs, action, text FROM (
        SELECT k.table_name AS owner, CASE WHEN k.referenced_table_name IS NOT NULL THEN 'f' WHEN k.constraint_name = 'PRIMARY' THEN 'p' ELSE 'u' END AS kind, k.constraint_name AS name, k.column_name AS own,
          NULLIF(k.referenced_table_schema, database()) AS elsewhere, k.referenced_table_name AS principal, k.referenced_column_name AS theirs, NULLIF(r.delete_rule, 'NO ACTION') AS action, NULL AS text, k.ordinal_position AS place
        FROM (SELECT * FROM information_schema.key_column_usage WHERE {Own}) k
        LEFT JOIN (SELECT table_name, constraint_name, delete_rule FROM information_schema.referential_constraints WHERE constraint_schema = database()) r
          ON k.referenced_table_name IS NOT NULL AND r.table_name = k.table_name AND r.constraint_name = k.constraint_name
        UNION ALL
        SELECT k.table_name, 'c', k.constraint_name, NULL, NULL, NULL, NULL, NULL, k.check_clause, 1 FROM information_schema.check_constraints k WHERE k.constraint_schema = database() AND NOT ({MariaDbSchemaLines.OfJson})) AS keys_and_checks
        ORDER BY CAST(owner AS binary), kind, CAST(name AS binary), place
        """;

    private const string Indexes = $"""
        SELECT NULL, table_name, index_name, column_name, CASE non_unique WHEN 0 THEN 'yes' END FROM information_schema.statistics
        WHERE {Own} AND index_name <> 'PRIMARY' ORDER BY CAST(table_name AS binary), CAST(index_name AS binary), seq_in_index
        """;
}
