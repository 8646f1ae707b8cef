using System.Globalization;
using System.Text;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Rows of PostgreSQL as the server's own text: every type has one, and takes it back.</summary>
internal static class PostgresRows
{
    private const string OfUsers = $"{PostgresScratch.Users} AND n.nspname <> 'safe_migrate'";

    // pg_get_serial_sequence fails in a schema that this user may not use.
    private const string OwnsSequence = """
        EXISTS (SELECT FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
          WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = a.attnum AND d.deptype IN ('a', 'i'))
        """;

    public static readonly RowForms Value = new()
    {
        // What a text means depends on these; with an empty path every type is named with its schema.
        Begin =
        [
            "SET datestyle = 'ISO, YMD'", "SET intervalstyle = 'postgres'", "SET timezone = 'UTC'", "SET bytea_output = 'hex'", "SET xmloption = 'content'",
            "SET extra_float_digits = 3", "SET search_path = ''", "SET statement_timeout = 0", "SET lock_timeout = 5000", "SET client_min_messages = 'warning'",
        ],
        // A partition's rows belong to the table it is part of; a page has a hundred rows or so.
        Tables = new($"""
            SELECT n.nspname, c.relname, CASE WHEN (SELECT sum(l.relpages) FROM pg_partition_tree(c.oid) t JOIN pg_class l ON l.oid = t.relid) > 2000 OR c.relpages > 2000 THEN 'large' END
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't' AND {OfUsers} AND {PostgresScratch.NotOfExtension("pg_class", "c.oid")}
            ORDER BY 1, 2
            """),
        Columns = new($"""
            SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
              CASE WHEN NOT a.attnotnull AND NOT (t.typtype = 'd' AND t.typnotnull) THEN 'nullable' END,
              CASE WHEN a.atthasdef AND a.attgenerated = '' THEN 'default' END,
              CASE WHEN a.attidentity <> '' OR {OwnsSequence} THEN 'identity' END,
              CASE WHEN a.attgenerated <> '' THEN 'computed' END,
              CASE WHEN b.typtype = 'e' THEN 'enum ' || bn.nspname || '.' || b.typname WHEN b.typcategory = 'A' THEN 'array' ELSE b.typname END,
              CASE WHEN b.typname IN ('varchar', 'bpchar') AND m.mod > 4 THEN m.mod - 4 WHEN b.typname IN ('bit', 'varbit') AND m.mod > 0 THEN m.mod END,
              CASE WHEN b.typname = 'numeric' AND m.mod > 4 THEN ((m.mod - 4) >> 16) & 65535 END,
              CASE WHEN b.typname = 'numeric' AND m.mod > 4 THEN (m.mod - 4) & 65535 END
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_type t ON t.oid = a.atttypid JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END JOIN pg_namespace bn ON bn.oid = b.typnamespace
            CROSS JOIN LATERAL (SELECT CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END AS mod) m
            WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND {OfUsers} ORDER BY 1, 2, a.attnum
            """),
        // A partition has those of its table; they come and go with them.
        ForeignKeys = new($"""
            SELECT n.nspname, c.relname, k.conname, a.attname, pn.nspname, p.relname, pa.attname, CASE WHEN k.convalidated THEN 'proved' END
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_class p ON p.oid = k.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace
            CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS u(child, parent, place)
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.child JOIN pg_attribute pa ON pa.attrelid = k.confrelid AND pa.attnum = u.parent
            WHERE k.contype = 'f' AND k.conparentid = 0 AND {OfUsers} ORDER BY 1, 2, 3, u.place
            """),
        Keys = new($"""
            SELECT n.nspname, c.relname, x.relname, a.attname, CASE WHEN i.indisprimary THEN 'primary' END
            FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS u(number, place) JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.number
            WHERE i.indisunique AND u.place <= i.indnkeyatts AND 0 <> ALL (i.indkey::int2[]) AND {OfUsers} ORDER BY 1, 2, i.indisprimary DESC, 3, u.place
            """),
        Checks = new($"""
            SELECT n.nspname, c.relname, pg_get_constraintdef(k.oid) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE k.contype = 'c' AND {OfUsers} ORDER BY 1, 2, k.conname
            """),
        Labels = new("SELECT n.nspname || '.' || t.typname, e.enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN pg_namespace n ON n.oid = t.typnamespace ORDER BY 1, e.enumsortorder"),
        SeedTypeOf = SeedTypeOf,
        ValuesOf = (table, columns, rows) => new($"SELECT {(columns.Count == 0 ? "'1'" : string.Join(", ", columns.Select(column => $"{Quote(column)}::pg_catalog.text")))} FROM {Table(table)} LIMIT {rows.ToString(CultureInfo.InvariantCulture)}"),
        Loosen = new(Loosen),
        Sequences = new("SELECT format('SELECT pg_catalog.setval(%L, %s)', quote_ident(schemaname) || '.' || quote_ident(sequencename), last_value) FROM pg_sequences WHERE last_value IS NOT NULL"),
        Afterwards = [Advance, "ANALYZE"],
        RowsPerStatement = 1000,
        ParametersPerStatement = int.MaxValue,
        Insert = Insert,
        Carry = new()
        {
            // WITH HOLD keeps what was found when its transaction ends: one look at the table, one moment of it.
            Open = (name, query) => $"DECLARE {name} NO SCROLL CURSOR WITH HOLD FOR {query}",
            Fetch = (name, rows) => $"FETCH {rows.ToString(CultureInfo.InvariantCulture)} FROM {name}",
            Close = name => $"CLOSE {name}",
            Sample = Sample,
            Missing = link => $"SELECT DISTINCT {string.Join(", ", link.Columns.Select(column => $"c.{Quote(column)}::pg_catalog.text"))} {Orphans(link)}",
            ByKey = ByKey,
            DeleteOrphans = link => $"DELETE FROM {Table(link.Child)} WHERE ctid IN (SELECT c.ctid {Orphans(link)})",
        },
    };

    private static SeedType? SeedTypeOf(string kind) => kind switch
    {
        "int2" => new(ValueKind.Integer) { Least = short.MinValue, Greatest = short.MaxValue },
        "int4" => new(ValueKind.Integer),
        "int8" => new(ValueKind.Integer) { Least = long.MinValue, Greatest = long.MaxValue },
        "oid" => new(ValueKind.Integer) { Least = 1 },
        "numeric" or "money" => new(ValueKind.Decimal),
        "float4" or "float8" => new(ValueKind.Real),
        "bool" => new(ValueKind.Boolean),
        "text" or "varchar" or "bpchar" or "citext" or "name" => new(ValueKind.Text),
        "uuid" => new(ValueKind.Guid),
        "date" => new(ValueKind.Date),
        "time" or "timetz" => new(ValueKind.Time),
        "timestamp" => new(ValueKind.Timestamp),
        "timestamptz" => new(ValueKind.ZonedTimestamp),
        "interval" => new(ValueKind.Interval),
        "bytea" => new(ValueKind.Bytes),
        "bit" or "varbit" => new(ValueKind.Bits),
        "json" or "jsonb" or "array" => new(ValueKind.Fixed) { Text = "{}" },
        "inet" or "cidr" => new(ValueKind.Fixed) { Text = "192.0.2.1" },
        "macaddr" => new(ValueKind.Fixed) { Text = "00:00:5e:00:53:01" },
        "xml" => new(ValueKind.Fixed) { Text = "<x/>" },
        "hstore" or "tsvector" or "ltree" => new(ValueKind.Fixed) { Text = "" },
        "int4range" or "int8range" or "numrange" or "daterange" or "tsrange" or "tstzrange" => new(ValueKind.Fixed) { Text = "empty" },
        "point" => new(ValueKind.Fixed) { Text = "(0,0)" },
        _ => null,
    };

    private static string Quote(string name) => PostgresEngine.Value.Quote(name);

    private static string Table(TableName name) => PostgresEngine.Value.QuoteTable(name);

    private static string Texts(RowTarget target, string of) => string.Join(", ", target.Columns.Select(column => $"{of}.{Quote(column.Name)}::pg_catalog.text"));

    // SYSTEM reads only the pages it takes, BERNOULLI every one: rows of a small table lie on few pages.
    private static string Sample(RowTarget target, double percent, int seed, bool large) =>
        $"SELECT {Texts(target, "t")} FROM {Table(target.Table)} t{(percent >= 100 ? "" : $" TABLESAMPLE {(large ? "SYSTEM" : "BERNOULLI")} ({percent.ToString("0.######", CultureInfo.InvariantCulture)}) REPEATABLE ({seed.ToString(CultureInfo.InvariantCulture)})")}";

    private static string Orphans(KeyLink link) => $"""
        FROM {Table(link.Child)} c WHERE {string.Join(" AND ", link.Columns.Select(column => $"c.{Quote(column)} IS NOT NULL"))}
          AND NOT EXISTS (SELECT FROM {Table(link.Parent)} p WHERE {string.Join(" AND ", link.Columns.Zip(link.ParentColumns, (child, parent) => $"p.{Quote(parent)} = c.{Quote(child)}"))})
        """;

    private static Ask ByKey(RowTarget target, IReadOnlyList<(string Name, string Type)> key, IReadOnlyList<IReadOnlyList<string?>> values) => new(
        $"""
        SELECT {Texts(target, "t")} FROM {Table(target.Table)} t JOIN unnest({Arrays(key.Count)}) AS k({Aliases(key.Count)})
          ON {string.Join(" AND ", key.Select((column, index) => $"t.{Quote(column.Name)} = CAST(k.v{index} AS {column.Type})"))}
        """,
        [.. key.Select((_, index) => Array(values.Select(row => row[index])))]);

    /// <summary>A statement has one array for each column: its text stays the same whatever the number of rows.</summary>
    private static Protocol.StatementMessage Insert(RowTarget target, IReadOnlyList<IReadOnlyList<string?>> rows) => target.Columns.Count == 0
        ? new($"INSERT INTO {Table(target.Table)} DEFAULT VALUES")
        : new(
            $"""
            INSERT INTO {Table(target.Table)} ({string.Join(", ", target.Columns.Select(column => Quote(column.Name)))}) OVERRIDING SYSTEM VALUE
            SELECT {string.Join(", ", target.Columns.Select((column, index) => $"CAST(r.v{index} AS {column.Type})"))}
            FROM unnest({Arrays(target.Columns.Count)}) AS r({Aliases(target.Columns.Count)}) ON CONFLICT DO NOTHING
            """,
            [.. target.Columns.Select((_, index) => Array(rows.Select(row => row[index])))]);

    private static string Arrays(int count) => string.Join(", ", Enumerable.Range(0, count).Select(index => $"CAST(@p{index} AS pg_catalog.text[])"));

    private static string Aliases(int count) => string.Join(", ", Enumerable.Range(0, count).Select(index => $"v{index}"));

    private static string Array(IEnumerable<string?> values)
    {
        var text = new StringBuilder("{");
        foreach (var value in values)
        {
            text.Append(text.Length > 1 ? "," : "");
            _ = value is null ? text.Append("NULL") : text.Append('"').Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }
        return text.Append('}').ToString();
    }

    // What is taken away and how it comes back. A table's own rules would turn rows into others.
    private const string Loosen = $"""
        SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname),
          format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE k.contype = 'f' AND k.conparentid = 0 AND {OfUsers}
        UNION ALL
        SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', t.tgrelid::regclass, t.tgname),
          format('ALTER TABLE %s ENABLE %s TRIGGER %I', t.tgrelid::regclass, CASE t.tgenabled WHEN 'R' THEN 'REPLICA' WHEN 'A' THEN 'ALWAYS' ELSE '' END, t.tgname)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND c.relkind IN ('r', 'p') AND {OfUsers}
        UNION ALL
        SELECT format('ALTER TABLE %s DISABLE RULE %I', r.ev_class::regclass, r.rulename),
          format('ALTER TABLE %s ENABLE %s RULE %I', r.ev_class::regclass, CASE r.ev_enabled WHEN 'R' THEN 'REPLICA' WHEN 'A' THEN 'ALWAYS' ELSE '' END, r.rulename)
        FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND r.ev_enabled <> 'D' AND {OfUsers}
        UNION ALL
        SELECT format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', c.oid::regclass), format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', c.oid::regclass)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relforcerowsecurity AND c.relkind IN ('r', 'p') AND {OfUsers}
        """;

    // Beyond the greatest key, also where the source itself is behind. A sequence that several tables draw from is in their defaults.
    private const string Advance = """
        DO $do$
        DECLARE one record; greatest_key bigint;
        BEGIN
          FOR one IN
            WITH drawn AS (
              SELECT objid AS sequence, refobjid AS owner, refobjsubid AS number FROM pg_depend
              WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i') AND refobjsubid > 0
              UNION
              SELECT d.refobjid, f.adrelid, f.adnum FROM pg_depend d JOIN pg_attrdef f ON f.oid = d.objid WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_class'::regclass)
            SELECT c.oid::regclass AS owner, a.attname, s.seqrelid, s.seqmax FROM pg_sequence s JOIN drawn u ON u.sequence = s.seqrelid
            JOIN pg_class c ON c.oid = u.owner JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.number JOIN pg_type t ON t.oid = a.atttypid
            WHERE t.typname IN ('int2', 'int4', 'int8') AND s.seqincrement > 0 AND has_sequence_privilege(s.seqrelid, 'UPDATE') AND has_table_privilege(c.oid, 'SELECT')
          LOOP
            EXECUTE format('SELECT max(%I) FROM %s', one.attname, one.owner) INTO greatest_key;
            IF greatest_key > COALESCE(pg_sequence_last_value(one.seqrelid), 0) AND greatest_key <= one.seqmax THEN PERFORM setval(one.seqrelid::regclass, greatest_key); END IF;
          END LOOP;
        END $do$
        """;
}
