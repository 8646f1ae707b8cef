namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>Schema and data of a database as text that does not depend on the order of columns and rows, nor on the name of a NOT NULL, which no model knows.</summary>
internal static class Catalogue
{
    private const string Ours = "NOT LIKE '\\_\\_EF%'";

    public static Task<IReadOnlyList<string>> SchemaAsync(PhasedDatabase database) => database.LinesAsync($"""
        SELECT line FROM (
            SELECT format('column %s.%s %s%s%s default %s identity %s generated %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                CASE WHEN a.attnotnull THEN ' not null' END, ' collate ' || a.attcollation::text, pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated) AS line
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND c.relname {Ours}
            UNION ALL
            SELECT format('index %s valid %s', pg_get_indexdef(i.indexrelid), i.indisvalid)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = 'public'::regnamespace AND c.relname {Ours}
            UNION ALL
            SELECT format('constraint %s on %s %s', CASE WHEN o.contype <> 'n' THEN o.conname END, o.conrelid::regclass, pg_get_constraintdef(o.oid))
            FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid WHERE c.relnamespace = 'public'::regnamespace AND c.relname {Ours}
            UNION ALL
            SELECT 'trigger ' || pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
            UNION ALL
            SELECT 'function ' || pg_get_functiondef(p.oid) FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('sequence %s %s', s.sequencename, s.data_type) FROM pg_sequences s WHERE s.schemaname = 'public'
            UNION ALL
            SELECT format('table %s options %s', c.relname, c.reloptions) FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname {Ours}
        ) all_lines ORDER BY line COLLATE "C"
        """);

    /// <param name="left">Columns and tables that are left out.</param>
    public static async Task<IReadOnlyList<string>> DataAsync(PhasedDatabase database, IEnumerable<string> left)
    {
        var tables = await database.LinesAsync($"""
            SELECT c.relname || ',' || string_agg(quote_ident(a.attname), ',' ORDER BY a.attname)
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname {Ours} GROUP BY c.relname ORDER BY 1
            """);
        List<string> digests = [];
        foreach (var table in tables.Select(line => line.Split(',')).Where(table => !left.Contains(table[0])))
        {
            var columns = table[1..].Where(column => !left.Contains(column.Trim('"'))).ToArray();
            digests.AddRange(await database.LinesAsync(
                $"SELECT '{table[0]}({string.Join(' ', columns).Replace("'", "''", StringComparison.Ordinal)})', count(*), sum(hashtextextended(ROW({string.Join(", ", columns)})::text, 0)) FROM \"{table[0]}\""));
        }
        return digests;
    }
}
