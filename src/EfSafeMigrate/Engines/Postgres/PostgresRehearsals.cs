using System.Globalization;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Rehearsals on PostgreSQL: the session's own locks, the files of tables and indexes, and the rows it has read and written.</summary>
internal static class PostgresRehearsals
{
    public static readonly RehearsalForms Value = new()
    {
        Observation = Observation,
        Mode = PostgresLocks.OfCatalogue,
        BlocksOf = mode => PostgresLocks.Parse(mode)?.Blocks() ?? Blocks.Nothing,
        Strength = mode => (int?)PostgresLocks.Parse(mode),
        Prepare = [new("CREATE SCHEMA IF NOT EXISTS safe_migrate")],
        Keep = kept =>
        [
            Forget(kept),
            new($"CREATE UNLOGGED TABLE {Name(kept)} AS {Digests(kept)}"),
            new($"ANALYZE {Name(kept)}"),
        ],
        Compare = Compare,
        Forget = Forget,
    };

    private static readonly Func<string, string> Quote = identifier => PostgresEngine.Value.Quote(identifier);

    // What the tool itself holds and reads is left out; the lock of a table that was dropped stays, without a name. A partition's rows count where they stand. The counters go on over transactions.
    private const string Observation = """
        WITH relation AS (
          SELECT c.oid, c.relkind, NULLIF(n.nspname, current_schema()) AS schema, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.relkind IN ('r', 'p', 'm', 'v') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'safe_migrate') AND n.nspname !~ '^pg_')
        SELECT 'lock', l.relation::text, r.schema::text, r.relname::text, l.mode FROM pg_locks l LEFT JOIN relation r ON r.oid = l.relation
        WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND (r.oid IS NOT NULL OR NOT EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = l.relation))
        UNION ALL
        SELECT 'file', r.oid::text, r.schema, r.relname, pg_relation_filenode(r.oid)::text FROM relation r
        UNION ALL
        SELECT 'index', i.indexrelid::text, r.schema, r.relname, pg_relation_filenode(i.indexrelid)::text FROM pg_index i JOIN relation r ON r.oid = i.indrelid
        UNION ALL
        SELECT k.kind, r.oid::text, r.schema, r.relname, k.value::text
        FROM pg_stat_xact_user_tables s JOIN relation r ON r.oid = s.relid
        CROSS JOIN LATERAL (VALUES ('read', s.seq_tup_read), ('written', s.n_tup_ins + s.n_tup_upd + s.n_tup_del)) AS k(kind, value)
        WHERE k.value > 0
        """;

    private static Ask Compare(KeptTable kept)
    {
        var columns = kept.Columns.Select(column =>
            $", (count(*) FILTER (WHERE n.key IS NOT NULL AND b.{At(column)} IS DISTINCT FROM n.{At(column)}))::text, (count(*) FILTER (WHERE n.key IS NOT NULL AND b.{At(column)} IS NOT NULL AND n.{At(column)} IS NULL))::text");
        return new($"""
            WITH now AS MATERIALIZED ({Digests(kept)})
            SELECT count(*)::text, (SELECT count(*) FROM now)::text, (count(*) FILTER (WHERE n.key IS NULL))::text, min(b.key) FILTER (WHERE n.key IS NULL){string.Concat(columns)}
            FROM {Name(kept)} b LEFT JOIN now n ON n.key = b.key
            """);
    }

    /// <summary>Rows without a key are known by their values, and equal ones by their number.</summary>
    private static string Digests(KeptTable kept)
    {
        var values = string.Concat(kept.Columns.Select(column => $", hashtextextended(t.{Quote(column.Name)}::text COLLATE \"C\", 0) AS {At(column)}"));
        var all = $"ROW({string.Join(", ", kept.Columns.Select(column => $"t.{Quote(column.Name)}"))})::text";
        var key = kept.Key.Count > 1 ? $"concat_ws(', ', {string.Join(", ", kept.Key.Select(column => $"replace(replace(t.{Quote(column)}::text, '\\', '\\\\'), ',', '\\,')"))})"
            : kept.Key.Count > 0 ? $"concat_ws(', ', {string.Join(", ", kept.Key.Select(column => $"t.{Quote(column)}::text"))})"
            : $"left({all}, 200) || ' ' || md5({all}) || ' ' || row_number() OVER (PARTITION BY {all})";
        return $"SELECT {key} AS key{values} FROM {PostgresEngine.Value.QuoteTable(kept.Table)} t";
    }

    private static StatementMessage Forget(KeptTable kept) => new($"DROP TABLE IF EXISTS {Name(kept)}");

    private static string At(KeptColumn column) => $"c{column.Place.ToString(CultureInfo.InvariantCulture)}";

    private static string Name(KeptTable kept) => $"safe_migrate.kept_{kept.Number.ToString(CultureInfo.InvariantCulture)}";
}
