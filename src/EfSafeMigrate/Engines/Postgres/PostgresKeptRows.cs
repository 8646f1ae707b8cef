using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>
/// Rows that a transaction takes away, by the server's own count of it (pg_stat_xact_user_tables): also by a cascade, a trigger or a function,
/// which no statement shows.
/// </summary>
internal static class PostgresKeptRows
{
    public static readonly KeptRowsForms Value = new()
    {
        // What the session did in the last second may still be counted with the transaction.
        Begin = """
            SELECT set_config('safe_migrate.rows', COALESCE(jsonb_object_agg(relid::text, n_tup_del - n_tup_ins), '{}')::text, true) FROM pg_stat_xact_user_tables
            """,
        Check = Check,
        Lost = "SM001",
    };

    // A row that moves to another partition is deleted and inserted; so only what is left of a partitioned table counts.
    private static string Check(IReadOnlyList<TableName> said) => $"""
        DO $safe_migrate$
        DECLARE lost text;
        BEGIN
            SELECT string_agg(format('%s %s of %s', gone, CASE gone WHEN 1 THEN 'row' ELSE 'rows' END, id::regclass), ', ' ORDER BY id::regclass::text COLLATE "C")
            INTO lost
            FROM (
                SELECT COALESCE(pg_partition_root(relid), relid) AS id,
                       sum(n_tup_del - n_tup_ins - COALESCE((NULLIF(current_setting('safe_migrate.rows', true), '')::jsonb ->> relid::text)::bigint, 0)) AS gone
                FROM pg_stat_xact_user_tables WHERE schemaname <> 'safe_migrate' GROUP BY 1) AS counted
            WHERE gone > 0 AND id <> ALL (array_remove(ARRAY[{string.Join(", ", said.Select(Named))}]::oid[], NULL));
            IF lost IS NOT NULL THEN
                RAISE EXCEPTION 'it takes away % although no statement of it names them', lost USING ERRCODE = 'SM001';
            END IF;
        END $safe_migrate$
        """;

    private static string Named(TableName table) => $"to_regclass({PostgresEngine.Value.QuoteTable(table).Literal()})";
}
