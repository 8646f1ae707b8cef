using System.Globalization;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Questions to PostgreSQL's data. Each is a plain SELECT, so it takes ACCESS SHARE and no writer waits for it.</summary>
internal static class PostgresProbes
{
    public static readonly Probes Value = new()
    {
        Limits = Limits,
        RowAddress = "ctid",
        End = End,
        DoNotFit = PostgresFits.DoNotFit,
        CannotBeMade = PostgresFits.CannotBeMade,
        DoNotConvert = PostgresFits.DoNotConvert,
        NearOverflow = NearOverflow,
        InvalidIndexes = table => new(InvalidIndexes, PostgresCatalogue.Name(table)),
        OpenTransactions = new(OpenTransactions),
        Dependents = (table, column) => new(Dependents, PostgresCatalogue.Name(table), column),
    };

    // A question that waits for a lock would hold nobody up, but it waits behind the ALTER TABLE that does: it steps back instead.
    // One core is enough for a question; the server's others belong to its users.
    private static string Limits(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"""
        SET LOCAL transaction_read_only = on;
        SET LOCAL statement_timeout = {(long)time.TotalMilliseconds};
        SET LOCAL lock_timeout = {Math.Min(500, (long)time.TotalMilliseconds)};
        SET LOCAL max_parallel_workers_per_gather = 0;

        """);

    private static ProbeEnd End(string? sqlState) => sqlState switch
    {
        "57014" => ProbeEnd.Stopped,
        "55P03" => ProbeEnd.Locked,
        ['2', '2' or '3', ..] => ProbeEnd.BadData,
        _ => ProbeEnd.Failed,
    };

    private static Ask? NearOverflow(TableName table, Column key)
    {
        var type = PostgresTypeName.Parse(key.Type);
        var last = type.Name switch { "smallint" => "32767", "integer" => "2147483647", _ => null };
        if (last is null || type.IsArray)
        {
            return null;
        }
        var column = PostgresEngine.Value.Quote(key.Name);
        return new($"""
            SELECT max({column}) || ', ' || floor(max({column}) * 100.0 / {last}) || ' % of {type.Name}'
            FROM {PostgresEngine.Value.QuoteTable(table)}
            HAVING max({column}) > {last} * 0.7
            """);
    }

    private const string InvalidIndexes = """
        SELECT c.relname::text
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid = to_regclass(@p0) AND NOT i.indisvalid
        ORDER BY 1
        """;

    private const string OpenTransactions = """
        SELECT name || ', ' || CASE WHEN age < interval '2 minutes' THEN floor(extract(epoch FROM age)) || ' s'
                                    WHEN age < interval '2 hours' THEN floor(extract(epoch FROM age) / 60) || ' min'
                                    ELSE floor(extract(epoch FROM age) / 3600) || ' h' END || by
        FROM (
          SELECT 'pid ' || pid AS name, clock_timestamp() - xact_start AS age, COALESCE(', ' || NULLIF(application_name, ''), '') AS by
          FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()
          UNION ALL
          SELECT 'prepared ' || gid, clock_timestamp() - prepared, ', ' || owner
          FROM pg_prepared_xacts
          WHERE database = current_database()
        ) held
        WHERE age > interval '5 seconds'
        ORDER BY age DESC
        """;

    private const string Dependents = """
        SELECT CASE v.relkind WHEN 'm' THEN 'materialized view ' ELSE 'view ' END || v.relname
        FROM pg_class v
        WHERE v.oid IN (
          SELECT r.ev_class
          FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid
          WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = to_regclass(@p0)
            AND r.ev_class <> d.refobjid
            AND (CAST(@p1 AS text) IS NULL
              OR d.refobjsubid IN (SELECT a.attnum FROM pg_attribute a WHERE a.attrelid = d.refobjid AND a.attname = CAST(@p1 AS name))))
        UNION ALL
        SELECT 'trigger ' || t.tgname
        FROM pg_trigger t
        WHERE t.tgrelid = to_regclass(@p0) AND NOT t.tgisinternal
        ORDER BY 1
        """;
}
