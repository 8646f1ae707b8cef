using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Tables as PostgreSQL's catalogue has them; https://www.postgresql.org/docs/current/catalogs.html.</summary>
internal static class PostgresLiveSchema
{
    public static LiveSchemaForms Value(Func<string, string> quote) => new()
    {
        Columns = new(Columns),
        Constraints = new(Constraints),
        Indexes = new(Indexes),
        Path = new("SELECT name FROM unnest(current_schemas(false)) WITH ORDINALITY AS path(name, place) ORDER BY place"),
        TellsWording = true,
        SameType = (one, other) => Bare(one) is var a && Bare(other) is var b && a.Same(b),
        SameValue = (type, one, other) => new($"SELECT CASE WHEN CAST({one} AS {type})::text = CAST({other} AS {type})::text THEN 'yes' ELSE 'no' END"),
        Numbers = (table, column) => new($"""
            SELECT (SELECT max({quote(column)}) FROM {table.Quoted(quote)})::text, pg_sequence_last_value(pg_get_serial_sequence(@p0, @p1)::regclass)::text
            """, PostgresCatalogue.Name(table), column),
    };

    // A type of the user's own may be named with its schema or without.
    private static PostgresTypeName Bare(string type) => PostgresTypeName.Parse(type) is var parsed ? parsed with { Name = parsed.Name.Split('.')[^1].Trim('"') } : null!;

    private const string Theirs = "n.nspname NOT IN ('pg_catalog', 'information_schema', 'safe_migrate') AND n.nspname NOT LIKE 'pg\\_%'";

    private const string Schema = "NULLIF(n.nspname, current_schema())";

    // Columns of the system, such as xmin, can be part of a model.
    private const string Columns = $"""
        SELECT {Schema}, c.relname, CASE WHEN c.relkind IN ('v', 'm') THEN 'yes' END, a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'no' ELSE 'yes' END,
          CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,
          CASE WHEN a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%' THEN 'yes' END,
          CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END,
          CASE WHEN a.attcollation <> y.typcollation THEN (SELECT l.collname FROM pg_collation l WHERE l.oid = a.attcollation) END,
          col_description(c.oid, a.attnum), obj_description(c.oid, 'pg_class')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum <> 0 AND NOT a.attisdropped
        JOIN pg_type y ON y.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND {Theirs} ORDER BY n.nspname, c.relname, a.attnum
        """;

    private const string Constraints = $"""
        SELECT {Schema}, c.relname, o.contype::text, o.conname, a.attname, NULLIF(fn.nspname, current_schema()), f.relname, fa.attname,
          CASE o.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' WHEN 'r' THEN 'RESTRICT' END
        FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_class f ON f.oid = o.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
        LEFT JOIN LATERAL unnest(o.conkey, o.confkey) WITH ORDINALITY AS k(own, theirs, place) ON true
        LEFT JOIN pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.own
        LEFT JOIN pg_attribute fa ON fa.attrelid = o.confrelid AND fa.attnum = k.theirs
        WHERE o.contype IN ('p', 'u', 'f', 'c') AND {Theirs} ORDER BY n.nspname, c.relname, o.conname, k.place
        """;

    private const string Indexes = $"""
        SELECT {Schema}, c.relname, x.relname, CASE WHEN i.indkey[k.place] <> 0 THEN a.attname END, CASE WHEN i.indisunique THEN 'yes' END
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL generate_series(0, i.indnkeyatts - 1) AS k(place)
        LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.place]
        WHERE {Theirs} ORDER BY n.nspname, c.relname, x.relname, k.place
        """;
}
