using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>
/// Rows that a transaction takes away, by the server's own count of it (pg_stat_xact_user_tables): also by a cascade, a trigger or a function,
/// which no statement shows.
/// </summary>
internal static class PostgresKeptRows
{
    private const string Quote = "$safe_migrate$";
    private const string Code = "SM001";

    public static readonly KeptRowsForms Value = new()
    {
        Begin = Begin,
        Check = Check,
        Lost = Code,
    };

    // What the session did in the last second may still be counted with the transaction. A table that is renamed later is known by its number.
    private static string Begin(IReadOnlyList<TableName> said) => $"""
        SELECT set_config('safe_migrate.said', array_to_string({Numbers(said)}, ','), true), set_config('safe_migrate.rows',
          (SELECT COALESCE(jsonb_object_agg(relid::text, n_tup_del - n_tup_ins), '{"{}"}')::text FROM pg_stat_xact_user_tables), true)
        """;

    // A row that moves to another partition is deleted and inserted; so only what is left of a partitioned table counts. Whoever names a
    // parent or a view names the tables behind it. What a temporary table or a materialized view holds is a copy, and the tables of an
    // extension are its own.
    private static string Check(IReadOnlyList<TableName> said, IReadOnlyList<string> texts) => $"""
        DO {Quote}
        DECLARE lost text;
        BEGIN
            WITH RECURSIVE behind AS (
                SELECT inhparent AS id, inhrelid AS next FROM pg_inherits
                UNION ALL
                SELECT r.ev_class, d.refobjid FROM pg_rewrite r JOIN pg_depend d ON d.objid = r.oid
                WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class),
            said AS (
                SELECT COALESCE(pg_partition_root(id), id) AS id
                FROM unnest({Numbers(said)} || string_to_array(current_setting('safe_migrate.said', true), ',')::oid[]) AS id
                UNION
                SELECT next FROM behind JOIN said USING (id))
            SELECT string_agg(format('%s %s of %s', gone, CASE gone WHEN 1 THEN 'row' ELSE 'rows' END, id::regclass), ', ' ORDER BY id::regclass::text COLLATE "C")
            INTO lost
            FROM (
                SELECT COALESCE(pg_partition_root(s.relid), s.relid) AS id,
                       sum(s.n_tup_del - s.n_tup_ins - COALESCE((NULLIF(current_setting('safe_migrate.rows', true), '')::jsonb ->> s.relid::text)::bigint, 0)) AS gone
                FROM pg_stat_xact_user_tables s JOIN pg_class c ON c.oid = s.relid
                WHERE s.schemaname <> 'safe_migrate' AND c.relkind = 'r' AND c.relpersistence <> 't'
                  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
                  AND NOT EXISTS (
                    SELECT 1 FROM unnest(ARRAY[{string.Join(", ", texts.Select(text => text.Replace(Quote, " ", StringComparison.Ordinal).Literal()))}]::text[]) AS text
                    WHERE text ~* ('(^|[^[:alnum:]_])' || regexp_replace(c.relname, '([^[:alnum:]_])', '\\\1', 'g') || '($|[^[:alnum:]_])'))
                GROUP BY 1) AS counted
            WHERE gone > 0 AND id NOT IN (SELECT id FROM said WHERE id IS NOT NULL);
            IF lost IS NOT NULL THEN
                RAISE EXCEPTION 'it takes away % although no statement of it names them', lost USING ERRCODE = '{Code}';
            END IF;
        END {Quote}
        """;

    private static string Numbers(IReadOnlyList<TableName> tables) =>
        $"array_remove(ARRAY[{string.Join(", ", tables.Select(table => $"to_regclass({PostgresEngine.Value.QuoteTable(table).Literal()})"))}]::oid[], NULL)";
}
