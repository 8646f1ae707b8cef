using Npgsql;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>What the server's catalogue says of a schema, a line for each thing, beginning with its kind.</summary>
internal static class CatalogueText
{
    private const string Own = "n.nspname !~ '^(pg_|information_schema)'";
    private const string Quote = "chr(39)";

    public static IReadOnlyList<string> Of(NpgsqlConnection connection) =>
    [
        .. connection.Rows($"""
            SELECT 'table ' || c.oid || ' ' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND {Own}
            UNION ALL
            SELECT CASE contype WHEN 'f' THEN 'foreign key ' ELSE 'constraint ' END || conrelid || ' ' || array_to_string(conkey, ',') FROM pg_constraint WHERE conrelid <> 0 AND contype IN ('c', 'u', 'f')
            AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = conrelid AND indisunique AND indkey::text = array_to_string(conkey, ' ') AND indexrelid <> conindid)
            AND conrelid::regclass::text <> 'legacy'
            UNION ALL
            SELECT 'index ' || indexrelid FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE (indnatts > 1 OR indpred IS NOT NULL) AND {Own}
            UNION ALL
            SELECT 'trigger ' || tgrelid || ' ' || tgname FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL
            SELECT 'function ' || p.oid FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {Own}
            UNION ALL
            SELECT 'default ' || adrelid || ' ' || adnum || ' ' || translate(split_part(pg_get_expr(adbin, adrelid), '::', 1), '()' || {Quote}, '') FROM pg_attrdef
            JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum AND attnotnull AND attidentity = ''
            UNION ALL
            SELECT 'required ' || attrelid || ' ' || attnum FROM pg_attribute JOIN pg_class c ON c.oid = attrelid AND c.relkind = 'r' JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE attnotnull AND attnum > 0 AND NOT attisdropped AND attidentity = '' AND (relname = 'orders' AND attname = 'qty' OR relname = 'parcels') AND {Own}
            UNION ALL
            SELECT 'number ' || schemaname || '.' || sequencename FROM pg_sequences WHERE last_value > 100
            UNION ALL
            SELECT 'mismatch ' || conname FROM pg_constraint JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1] JOIN pg_attribute p ON p.attrelid = confrelid AND p.attnum = confkey[1]
            WHERE contype = 'f' AND a.atttypid <> p.atttypid AND NOT (a.atttypid IN ('text'::regtype, 'varchar'::regtype) AND p.atttypid IN ('text'::regtype, 'varchar'::regtype))
            """).Select(row => row[0]!),
    ];

    /// <summary>What a release sends besides the queries of its tables: for numbers of a sequence, rows of a view or of another schema, values of an enum type.</summary>
    public static IReadOnlyList<string> Calls(NpgsqlConnection connection) =>
    [
        .. connection.Rows($"""
            SELECT format('SELECT nextval(%L)', format('%I.%I', n.nspname, c.relname)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'S' AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype IN ('a', 'i')) AND {Own}
            AND NOT EXISTS (SELECT FROM pg_proc p WHERE p.prosrc LIKE '%' || c.relname || '%')
            UNION ALL
            SELECT format('SELECT 1 FROM %I.%I LIMIT 1', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE (c.relkind IN ('v', 'm') OR (c.relkind = 'r' AND n.nspname <> 'public')) AND {Own}
            UNION ALL
            SELECT format('SELECT %L::%I.%I', e.enumlabel, n.nspname, t.typname) FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN pg_namespace n ON n.oid = t.typnamespace
            """).Select(row => row[0]!),
    ];
}
