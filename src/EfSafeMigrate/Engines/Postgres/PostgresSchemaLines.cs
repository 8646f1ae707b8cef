using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>PostgreSQL's catalogue as lines, and digests of its tables.</summary>
internal static class PostgresSchemaLines
{
    /// <summary>EF's own name for its history.</summary>
    private const string History = "__EFMigrationsHistory";

    public static readonly SchemaForms Value = new()
    {
        Lines = history => new(Lines, history?.Schema, history?.Name ?? History),
        Columns = history => new(Columns, history?.Schema, history?.Name ?? History),
        Digest = Digest,
    };

    /// <summary>
    /// Of a whole row as text: (,"") is NULL and an empty text. The hash is the one that hash partitions lie by, so it stays what it is from one major
    /// to the next (pg_upgrade keeps partitions where they are), and a third of MD5's work: see benchmarks/README.md.
    /// </summary>
    private static Ask Digest(TableName table, IReadOnlyList<string> columns)
    {
        var quote = PostgresEngine.Value.Quote;
        return new($"""
            SELECT count(*)::text, COALESCE(sum(hashtextextended(line COLLATE "C", 0)), 0)::text
            FROM (SELECT ROW({string.Join(", ", columns.Select(column => $"t.{quote(column)}"))})::text AS line FROM {PostgresEngine.Value.QuoteTable(table)} t) AS rows
            """);
    }

    // Numbers below 16384 are the server's own; what belongs to an extension is the extension's.
    private const string Own = """
        own_schema AS (
          SELECT n.oid, n.nspname, CASE WHEN n.nspname = current_schema() THEN '' ELSE n.nspname || '.' END AS prefix FROM pg_namespace n
          WHERE n.nspname <> 'information_schema' AND n.nspname <> 'safe_migrate' AND n.nspname !~ '^pg_'),
        extension_member AS (SELECT d.classid, d.objid FROM pg_depend d WHERE d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass),
        own_class AS (
          SELECT c.*, n.nspname, n.prefix || c.relname AS spoken FROM pg_class c JOIN own_schema n ON n.oid = c.relnamespace
          WHERE NOT EXISTS (SELECT 1 FROM extension_member m WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid)
            AND NOT (c.relkind IN ('r', 'p') AND c.relname = @p1 AND n.nspname = COALESCE(CAST(@p0 AS text), current_schema()))),
        own_table AS (SELECT * FROM own_class WHERE relkind IN ('r', 'p', 'f')),
        """;

    private const string Columns = $"""
        WITH {Own}
        key AS (SELECT i.indrelid, k.attnum, k.place FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey::int[]) WITH ORDINALITY AS k(attnum, place)
          WHERE i.indisprimary AND k.place <= i.indnkeyatts)
        SELECT NULLIF(t.nspname, current_schema()), t.relname, a.attname, key.place::text
        FROM own_table t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN key ON key.indrelid = t.oid AND key.attnum = a.attnum
        WHERE t.relkind IN ('r', 'p') AND NOT t.relispartition
        ORDER BY t.nspname COLLATE "C", t.relname COLLATE "C", a.attname COLLATE "C"
        """;

    // Through to_jsonb: columns of the catalogue that older servers do not have.
    private const string Lines = $"""
        WITH {Own}
        lines AS (
          SELECT 'schema' AS kind, NULL::text AS owner, n.nspname::text AS name, concat_ws(' ', obj_description(n.oid, 'pg_namespace')) AS definition
          FROM own_schema n WHERE n.nspname <> 'public'
          UNION ALL
          SELECT 'extension', NULL, e.extname::text, e.extversion FROM pg_extension e WHERE e.extname <> 'plpgsql'
          UNION ALL
          SELECT 'table', NULL, t.spoken, concat_ws(' ',
            CASE t.relkind WHEN 'p' THEN 'PARTITION BY ' || pg_get_partkeydef(t.oid) WHEN 'f' THEN 'FOREIGN' END,
            CASE t.relpersistence WHEN 'u' THEN 'UNLOGGED' END,
            (SELECT CASE WHEN t.relispartition THEN 'PARTITION OF ' ELSE 'INHERITS ' END || string_agg(h.inhparent::regclass::text, ', ' ORDER BY h.inhseqno) FROM pg_inherits h WHERE h.inhrelid = t.oid),
            pg_get_expr(t.relpartbound, t.oid),
            'WITH (' || (SELECT string_agg(option, ', ' ORDER BY option COLLATE "C") FROM unnest(t.reloptions) AS option) || ')',
            'TABLESPACE ' || (SELECT s.spcname FROM pg_tablespace s WHERE s.oid = t.reltablespace),
            CASE WHEN t.relrowsecurity THEN 'ROW LEVEL SECURITY' END, CASE WHEN t.relforcerowsecurity THEN 'FORCED ROW LEVEL SECURITY' END,
            CASE t.relreplident WHEN 'n' THEN 'REPLICA IDENTITY NOTHING' WHEN 'f' THEN 'REPLICA IDENTITY FULL' END,
            'COMMENT ' || quote_literal(obj_description(t.oid, 'pg_class')))
          FROM own_table t
          UNION ALL
          SELECT 'column', t.spoken, a.attname::text, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attcollation <> y.typcollation THEN 'COLLATE ' || (SELECT quote_ident(l.collname) FROM pg_collation l WHERE l.oid = a.attcollation) END,
            CASE WHEN a.attnotnull THEN 'NOT NULL' END,
            CASE WHEN a.attgenerated <> '' THEN 'GENERATED ALWAYS AS (' ELSE 'DEFAULT ' END || pg_get_expr(d.adbin, d.adrelid)
              || CASE a.attgenerated WHEN '' THEN '' WHEN 's' THEN ') STORED' ELSE ') VIRTUAL' END,
            CASE a.attidentity WHEN 'a' THEN 'GENERATED ALWAYS AS IDENTITY' WHEN 'd' THEN 'GENERATED BY DEFAULT AS IDENTITY' END,
            (SELECT format('(START %s INCREMENT %s RANGE %s TO %s%s)', s.seqstart, s.seqincrement, s.seqmin, s.seqmax, CASE WHEN s.seqcycle THEN ' CYCLE' END)
             FROM pg_depend o JOIN pg_sequence s ON s.seqrelid = o.objid
             WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.refobjid = t.oid AND o.refobjsubid = a.attnum AND o.deptype = 'i'),
            CASE WHEN a.attstorage <> y.typstorage THEN 'STORAGE ' || a.attstorage::text END,
            'COMPRESSION ' || NULLIF(to_jsonb(a) ->> 'attcompression', ''),
            'STATISTICS ' || NULLIF(NULLIF(to_jsonb(a) ->> 'attstattarget', '-1'), ''),
            'COMMENT ' || quote_literal(col_description(t.oid, a.attnum)))
          FROM own_table t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped JOIN pg_type y ON y.oid = a.atttypid
          LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
          UNION ALL
          SELECT 'constraint', t.spoken, CASE WHEN k.contype = 'n' THEN '' ELSE k.conname::text END,
            concat_ws(' ', pg_get_constraintdef(k.oid), 'COMMENT ' || quote_literal(obj_description(k.oid, 'pg_constraint')))
          FROM pg_constraint k JOIN own_table t ON t.oid = k.conrelid
          WHERE k.conparentid = 0 AND k.contype <> 't' AND (k.contype <> 'n' OR NOT k.convalidated)
            AND NOT (t.relispartition AND k.coninhcount > 0 AND NOT k.conislocal)
          UNION ALL
          SELECT 'index', t.spoken, c.relname::text, concat_ws(' ', pg_get_indexdef(i.indexrelid), CASE WHEN NOT i.indisvalid THEN 'INVALID' END,
            CASE WHEN i.indisclustered THEN 'CLUSTERED' END, CASE WHEN i.indisreplident THEN 'REPLICA IDENTITY' END,
            'COMMENT ' || quote_literal(obj_description(c.oid, 'pg_class')))
          FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN own_class t ON t.oid = i.indrelid AND t.relkind IN ('r', 'p', 'm')
          WHERE NOT c.relispartition
            AND NOT (i.indisvalid AND NOT i.indisclustered AND NOT i.indisreplident AND EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x')))
          UNION ALL
          SELECT 'trigger', t.spoken, g.tgname::text, concat_ws(' ', pg_get_triggerdef(g.oid),
            CASE g.tgenabled WHEN 'D' THEN 'DISABLED' WHEN 'A' THEN 'ENABLED ALWAYS' WHEN 'R' THEN 'ENABLED ON REPLICAS' END,
            'COMMENT ' || quote_literal(obj_description(g.oid, 'pg_trigger')))
          FROM pg_trigger g JOIN own_class t ON t.oid = g.tgrelid WHERE NOT g.tgisinternal AND COALESCE(to_jsonb(g) ->> 'tgparentid', '0') = '0'
          UNION ALL
          SELECT 'function', NULL, format('%s%s(%s)', n.prefix, p.proname, pg_get_function_identity_arguments(p.oid)),
            concat_ws(' ', CASE WHEN p.prokind = 'a' THEN (SELECT format('AGGREGATE %s %s', a.aggtransfn, a.aggtranstype::regtype) FROM pg_aggregate a WHERE a.aggfnoid = p.oid) ELSE pg_get_functiondef(p.oid) END,
              'COMMENT ' || quote_literal(obj_description(p.oid, 'pg_proc')))
          FROM pg_proc p JOIN own_schema n ON n.oid = p.pronamespace
          WHERE NOT EXISTS (SELECT 1 FROM extension_member m WHERE m.classid = 'pg_proc'::regclass AND m.objid = p.oid)
          UNION ALL
          SELECT CASE v.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END, NULL, v.spoken, concat_ws(' ', pg_get_viewdef(v.oid),
            'WITH (' || (SELECT string_agg(option, ', ' ORDER BY option COLLATE "C") FROM unnest(v.reloptions) AS option) || ')',
            CASE WHEN NOT v.relispopulated THEN 'WITH NO DATA' END, 'COMMENT ' || quote_literal(obj_description(v.oid, 'pg_class')))
          FROM own_class v WHERE v.relkind IN ('v', 'm')
          UNION ALL
          SELECT 'rule', c.spoken, r.rulename::text, concat_ws(' ', pg_get_ruledef(r.oid), CASE r.ev_enabled WHEN 'D' THEN 'DISABLED' END)
          FROM pg_rewrite r JOIN own_class c ON c.oid = r.ev_class WHERE r.rulename <> '_RETURN'
          UNION ALL
          SELECT 'sequence', NULL, c.spoken, concat_ws(' ', format('%s START %s INCREMENT %s RANGE %s TO %s CACHE %s', format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache),
            CASE WHEN s.seqcycle THEN 'CYCLE' END,
            (SELECT format('OWNED BY %s.%s', o.refobjid::regclass, a.attname) FROM pg_depend o JOIN pg_attribute a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid
             WHERE o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.refclassid = 'pg_class'::regclass AND o.deptype = 'a'),
            'COMMENT ' || quote_literal(obj_description(c.oid, 'pg_class')))
          FROM own_class c JOIN pg_sequence s ON s.seqrelid = c.oid
          WHERE NOT EXISTS (SELECT 1 FROM pg_depend o WHERE o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.deptype = 'i')
          UNION ALL
          SELECT 'type', NULL, n.prefix || y.typname, concat_ws(' ',
            'ENUM (' || (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = y.oid) || ')',
            CASE WHEN y.typtype = 'd' THEN concat_ws(' ', 'DOMAIN', format_type(y.typbasetype, y.typtypmod), CASE WHEN y.typnotnull THEN 'NOT NULL' END, 'DEFAULT ' || y.typdefault,
              (SELECT string_agg(format('CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)), ' ' ORDER BY k.conname COLLATE "C") FROM pg_constraint k WHERE k.contypid = y.oid AND k.contype = 'c')) END,
            CASE WHEN y.typtype = 'c' THEN '(' || (SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' ORDER BY a.attnum)
              FROM pg_attribute a WHERE a.attrelid = y.typrelid AND a.attnum > 0 AND NOT a.attisdropped) || ')' END,
            'RANGE OF ' || (SELECT r.rngsubtype::regtype FROM pg_range r WHERE r.rngtypid = y.oid),
            'COMMENT ' || quote_literal(obj_description(y.oid, 'pg_type')))
          FROM pg_type y JOIN own_schema n ON n.oid = y.typnamespace
          WHERE (y.typtype IN ('e', 'd', 'r') OR (y.typtype = 'c' AND EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = y.typrelid AND c.relkind = 'c')))
            AND NOT EXISTS (SELECT 1 FROM extension_member m WHERE m.classid = 'pg_type'::regclass AND m.objid = y.oid)
          UNION ALL
          SELECT 'policy', t.spoken, p.polname::text, concat_ws(' ', CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
            'FOR ' || CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
            'TO ' || (SELECT string_agg(CASE WHEN role = 0 THEN 'public' ELSE pg_get_userbyid(role) END, ', ' ORDER BY role) FROM unnest(p.polroles) AS role),
            'USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', 'WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
          FROM pg_policy p JOIN own_table t ON t.oid = p.polrelid
          UNION ALL
          SELECT 'statistics', t.spoken, x.stxname::text, pg_get_statisticsobjdef(x.oid) FROM pg_statistic_ext x JOIN own_table t ON t.oid = x.stxrelid
        )
        SELECT kind, owner, name, definition FROM lines ORDER BY kind, owner COLLATE "C" NULLS FIRST, name COLLATE "C", definition COLLATE "C"
        """;
}
