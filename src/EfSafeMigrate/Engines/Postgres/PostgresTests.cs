namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Tests of migrations on a database of their own.</summary>
internal static class PostgresTests
{
    public static readonly TestForms Value = new()
    {
        Uses = new Dictionary<string, string> { ["Npgsql.EntityFrameworkCore.PostgreSQL"] = "UseNpgsql(connection" },
        Example = "Host=localhost;Username=postgres;Password=…",
        True = "TRUE",
        Byte = digits => $"'\\x{digits}'",
        Made = ["xid"],
        Insert = (table, columns, rows, numbered) => $"INSERT INTO {table} ({columns}){(numbered ? " OVERRIDING SYSTEM VALUE" : "")} VALUES\n{rows};",
        Catalogue = """
            WITH spaces AS (SELECT oid, CASE WHEN nspname = current_schema() THEN '' ELSE nspname || '.' END AS prefix FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema'),
                theirs AS (SELECT c.oid, c.relkind, s.prefix || c.relname AS name FROM pg_class c JOIN spaces s ON s.oid = c.relnamespace
                    WHERE NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'))
            SELECT 'table ' || name FROM theirs WHERE relkind IN ('r', 'p')
            UNION ALL
            SELECT 'view ' || name || ': ' || pg_get_viewdef(oid) FROM theirs WHERE relkind IN ('v', 'm')
            UNION ALL
            SELECT 'sequence ' || name FROM theirs WHERE relkind = 'S'
            UNION ALL
            SELECT 'column ' || name || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
                || CASE WHEN a.attidentity <> '' THEN ' identity' ELSE '' END || CASE WHEN a.attgenerated <> '' THEN ' as ' || pg_get_expr(d.adbin, d.adrelid) ELSE '' END
            FROM theirs JOIN pg_attribute a ON a.attrelid = theirs.oid AND a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE relkind IN ('r', 'p')
            UNION ALL
            SELECT 'default ' || name || '.' || a.attname || ' ' || pg_get_expr(d.adbin, d.adrelid)
            FROM theirs JOIN pg_attrdef d ON d.adrelid = theirs.oid JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum AND a.attgenerated = '' WHERE relkind IN ('r', 'p')
            UNION ALL
            SELECT CASE o.contype WHEN 'c' THEN 'check ' ELSE 'key ' END || o.conname || ' on ' || name || ' ' || pg_get_constraintdef(o.oid)
            FROM theirs JOIN pg_constraint o ON o.conrelid = theirs.oid AND o.contype IN ('p', 'u', 'f', 'c', 'x')
            UNION ALL
            SELECT 'index ' || pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' INVALID' END
            FROM theirs JOIN pg_index i ON i.indrelid = theirs.oid WHERE NOT EXISTS (SELECT 1 FROM pg_constraint o WHERE o.conindid = i.indexrelid AND o.conrelid = theirs.oid)
            UNION ALL
            SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM theirs JOIN pg_trigger t ON t.tgrelid = theirs.oid AND NOT t.tgisinternal
            UNION ALL
            SELECT 'function ' || p.oid::regprocedure || ': ' || p.prosrc FROM pg_proc p JOIN spaces s ON s.oid = p.pronamespace WHERE NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
            UNION ALL
            SELECT 'type ' || e.enumtypid::regtype || ' ' || string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) FROM pg_enum e GROUP BY e.enumtypid
            """,
    };
}
