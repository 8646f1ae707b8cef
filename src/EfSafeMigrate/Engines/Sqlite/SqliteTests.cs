namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>Tests of migrations on a file of their own.</summary>
internal static class SqliteTests
{
    public static readonly TestForms Value = new()
    {
        Uses = new Dictionary<string, string> { ["Microsoft.EntityFrameworkCore.Sqlite"] = "UseSqlite(connection" },
        NeedsServer = false,
        Catalogue = """
            WITH theirs AS (SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\'),
                own AS (SELECT name FROM theirs WHERE type = 'table')
            SELECT type || ' ' || name || CASE WHEN type = 'table' THEN '' ELSE ': ' || sql END FROM theirs WHERE type IN ('table', 'view', 'trigger')
            UNION ALL
            SELECT 'column ' || own.name || '.' || c.name || ' ' || upper(c.type) || CASE WHEN c."notnull" THEN ' NOT NULL' ELSE '' END || CASE WHEN c.hidden IN (2, 3) THEN ' computed' ELSE '' END
            FROM own JOIN pragma_table_xinfo(own.name) c
            UNION ALL
            SELECT 'default ' || own.name || '.' || c.name || ' ' || c.dflt_value FROM own JOIN pragma_table_xinfo(own.name) c WHERE c.dflt_value IS NOT NULL
            UNION ALL
            SELECT 'key ' || own.name || '.' || c.name || ' primary ' || c.pk FROM own JOIN pragma_table_xinfo(own.name) c WHERE c.pk > 0
            UNION ALL
            SELECT 'key ' || own.name || '.' || k."from" || ' to ' || k."table" || '.' || coalesce(k."to", '') || ' on delete ' || k.on_delete FROM own JOIN pragma_foreign_key_list(own.name) k
            UNION ALL
            SELECT 'index ' || l.name || ' on ' || own.name || CASE WHEN l."unique" THEN ' unique' ELSE '' END || ' column ' || i.seqno || ' ' || coalesce(i.name, 'expression')
                || CASE WHEN l.partial THEN substr(t.sql, instr(upper(t.sql), ' WHERE ')) ELSE '' END
            FROM own JOIN pragma_index_list(own.name) l JOIN pragma_index_info(l.name) i LEFT JOIN theirs t ON t.name = l.name WHERE l.origin <> 'pk'
            """,
    };
}
