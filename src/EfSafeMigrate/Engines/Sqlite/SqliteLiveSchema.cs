namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>Tables as SQLite's pragmas tell of them; https://www.sqlite.org/pragma.html. Names of constraints stand only in the text of CREATE TABLE.</summary>
internal static class SqliteLiveSchema
{
    public static readonly LiveSchemaForms Value = new()
    {
        Columns = new($"""
            SELECT NULL, t.name, CASE WHEN t.type = 'view' THEN 'yes' END, c.name, c.type, CASE WHEN c."notnull" OR (c.pk > 0 AND upper(c.type) = 'INTEGER') THEN 'no' ELSE 'yes' END,
              c.dflt_value, CASE WHEN c.pk = 1 AND instr(upper(t.sql), 'AUTOINCREMENT') > 0 THEN 'yes' END, CASE WHEN c.hidden IN (2, 3) THEN 'computed' END
            FROM sqlite_master t JOIN pragma_table_xinfo(t.name) c WHERE t.type IN ('table', 'view') AND {Theirs} ORDER BY t.name, c.cid
            """),
        Constraints = new($"""
            SELECT * FROM (
              SELECT NULL, t.name AS owner, 'p' AS kind, '' AS name, c.name AS own, NULL, NULL, NULL, NULL, c.pk AS place
              FROM sqlite_master t JOIN pragma_table_info(t.name) c ON c.pk > 0 WHERE t.type = 'table' AND {Theirs}
              UNION ALL
              SELECT NULL, t.name, 'u', l.name, i.name, NULL, NULL, NULL, NULL, i.seqno
              FROM sqlite_master t JOIN pragma_index_list(t.name) l ON l.origin = 'u' JOIN pragma_index_info(l.name) i WHERE t.type = 'table' AND {Theirs}
              UNION ALL
              SELECT NULL, t.name, 'f', CAST(k.id AS TEXT), k."from", NULL, k."table", k."to", NULLIF(k.on_delete, 'NO ACTION'), k.seq
              FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) k WHERE t.type = 'table' AND {Theirs})
            ORDER BY owner, kind, name, place
            """),
        Indexes = new($"""
            SELECT NULL, t.name, l.name, i.name, CASE WHEN l."unique" THEN 'yes' END
            FROM sqlite_master t JOIN pragma_index_list(t.name) l JOIN pragma_index_info(l.name) i WHERE t.type = 'table' AND {Theirs} ORDER BY t.name, l.name, i.seqno
            """),
        SameType = (one, other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase),
        NamesChecks = false,
        NamesKeys = false,
        SameValue = (_, one, other) => new($"SELECT CASE WHEN ({one}) IS ({other}) THEN 'yes' ELSE 'no' END"),
    };

    private const string Theirs = "t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name NOT LIKE '\\_\\_safe\\_migrate\\_%' ESCAPE '\\'";
}
