using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>
/// Batches on PostgreSQL. A row comparison walks an index over several columns; without a key the walk goes over the blocks of the file.
/// A batch never waits for a row as long as the server takes to look for a deadlock (one second), so no application is ever its victim.
/// </summary>
internal sealed class PostgresBatches
{
    private const string Place = "ctid";

    private readonly Func<string, string> quote;
    private readonly PostgresBackfill statements;

    private PostgresBatches(Func<string, string> quote) => (this.quote, statements) = (quote, new PostgresBackfill(quote));

    public static BackfillForms Forms(Func<string, string> quote)
    {
        var batches = new PostgresBatches(quote);
        return new()
        {
            Tables = Tables,
            Columns = table => new(Columns, PostgresCatalogue.Name(table)),
            // https://www.postgresql.org/docs/current/functions-info.html: true when a policy applies to the current user.
            Hides = table => new("SELECT 1 FROM pg_class WHERE oid = to_regclass(@p0) AND row_security_active(oid)", PostgresCatalogue.Name(table)),
            Place = [new(Place, "bigint")],
            Moves = true,
            RowsAt = (walk, range) => batches.Ask(walk, range, (table, where) => $"SELECT ctid::text FROM {table} WHERE {where} ORDER BY ctid"),
            Last = batches.Last,
            Nth = batches.Nth,
            Count = (walk, range) => batches.Ask(walk, range, (table, where) => $"SELECT count(*) FROM {table} WHERE {where}"),
            // One command. The checkpoint is lost together with its batch, or not at all: nobody has to wait for the disk.
            Begin = milliseconds => [$"SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = {milliseconds.ToString(CultureInfo.InvariantCulture)}; SET LOCAL synchronous_commit = off"],
            KeepSources = batches.KeepSources,
            Write = (walk, range) => batches.Statement(walk, range, (table, where) => $"UPDATE {table} SET {batches.Assignment(walk)} WHERE {where} AND {batches.Missing(walk)}"),
            WriteFree = (walk, range) => batches.Statement(walk, range, (table, where) => $"""
                UPDATE {table} SET {batches.Assignment(walk)}
                WHERE ctid = ANY (ARRAY(SELECT ctid FROM {table} WHERE {where} AND {batches.Missing(walk)} FOR NO KEY UPDATE SKIP LOCKED))
                  AND {batches.Missing(walk)}
                """),
            Left = batches.Left,
            Compare = batches.Compare,
            Fires = (table, trigger) => new(
                "SELECT 1 FROM pg_trigger WHERE tgrelid = to_regclass(@p0) AND tgname = @p1 AND tgenabled IN ('O', 'A')", PostgresCatalogue.Name(table), trigger),
            OthersInTheWay = PostgresUpdates.OthersInTheWay,
            // Data exceptions and violated constraints; a cascade that is too deep or a value that has no cast.
            RowAtFault = state => state is { Length: 5 } && (state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal) || state is "P0001" or "44000"),
            // Blanks at the end are always as many as the length asks for.
            HasLooseEquality = type => PostgresTypeName.Parse(type) is not { Name: "char" or "bpchar", IsArray: false } && PostgresPhases.IsLoose(type),
            Converted = (sql, type) => $"CAST(({sql}) AS {type})",
            Unsettled = batches.Unsettled,
        };
    }

    private static readonly BackfillTables Tables = new(
        "safe_migrate.backfill", "safe_migrate.backfill_part", "safe_migrate.backfill_row",
        [
            "CREATE SCHEMA IF NOT EXISTS safe_migrate",
            """
            CREATE TABLE IF NOT EXISTS safe_migrate.backfill (
                name text PRIMARY KEY, target text NOT NULL, checksum text NOT NULL, run text NOT NULL, state text NOT NULL, total text NOT NULL,
                wanted text NOT NULL, tuning text NOT NULL, news text NOT NULL, seen text NOT NULL)
            """,
            """
            CREATE TABLE IF NOT EXISTS safe_migrate.backfill_part (
                backfill text, part text, run text NOT NULL, begins text NOT NULL, ends text NOT NULL, place text NOT NULL,
                walked text NOT NULL, changed text NOT NULL, state text NOT NULL, PRIMARY KEY (backfill, part))
            """,
            "CREATE TABLE IF NOT EXISTS safe_migrate.backfill_row (backfill text, place text, message text NOT NULL, PRIMARY KEY (backfill, place))",
        ],
        insert => $"{insert} ON CONFLICT DO NOTHING")
    {
        Exists = new("SELECT 1 WHERE to_regclass('safe_migrate.backfill_row') IS NOT NULL"),
    };

    // Key values are converted to the type without its length: a length would cut them off, and a value that is written. A number or a time is
    // rounded to the column's places, as storing it does.
    private const string Columns = """
        SELECT a.attname, format_type(a.atttypid, a.atttypmod), format_type(a.atttypid, -1), CASE WHEN a.attnotnull THEN 'no' ELSE 'yes' END,
          (SELECT array_position(i.indkey::int2[], a.attnum) FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary),
          CASE WHEN b.typtype = 'd' OR b.typname IN ('bit', 'varbit', '_bit', '_varbit') THEN NULL
            WHEN b.typname IN ('varchar', 'bpchar', '_varchar', '_bpchar') THEN format_type(b.oid, -1) ELSE format_type(a.atttypid, a.atttypmod) END
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid JOIN pg_type b ON b.oid = COALESCE(NULLIF(t.typbasetype, 0), t.oid)
        WHERE a.attrelid = to_regclass(@p0) AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
        """;

    // Parts and children have files of their own, and places are the same in each of them.
    private static string Blocks(string table) => $"""
        (WITH RECURSIVE tree AS (SELECT to_regclass({table})::oid AS oid UNION SELECT i.inhrelid FROM pg_inherits i JOIN tree ON i.inhparent = tree.oid)
         SELECT max(pg_relation_size(oid)) / current_setting('block_size')::bigint FROM tree)
        """;

    private static bool IsPlace(Walk walk) => walk.Key is [{ Name: Place }];

    private Ask Last(Walk walk) => IsPlace(walk)
        ? new($"SELECT (blocks - 1)::text FROM (SELECT {Blocks("@p0")} AS blocks) AS file WHERE blocks > 0", PostgresCatalogue.Name(walk.Spec.Table))
        : new($"SELECT {Texts(walk)} FROM {walk.Spec.Table.Quoted(quote)} ORDER BY {string.Join(", ", walk.Key.Select(key => $"{quote(key.Name)} DESC"))} LIMIT 1");

    private Ask Nth(Walk walk, KeyRange range, long n)
    {
        var number = n.ToString(CultureInfo.InvariantCulture);
        if (!IsPlace(walk))
        {
            var before = (n - 1).ToString(CultureInfo.InvariantCulture);
            return Ask(walk, range, (table, where) => $"SELECT {Texts(walk)} FROM {table} WHERE {where} ORDER BY {Keys(walk)} OFFSET {before} LIMIT 1");
        }
        var name = PostgresCatalogue.Name(walk.Spec.Table);
        return new($"""
            SELECT block::text FROM (
              SELECT CAST(@p0 AS bigint) + greatest(1, {number} / greatest(1, (SELECT CASE WHEN relpages > 0 AND reltuples > 0 THEN reltuples / relpages ELSE 50 END FROM pg_class WHERE oid = to_regclass(@p2))::bigint)) AS block) AS next
            WHERE block < COALESCE(CAST(@p1 AS bigint), {Blocks("@p2")} - 1)
            """, range.After?[0] ?? "-1", range.UpTo?[0], name);
    }

    private IReadOnlyList<StatementMessage> KeepSources(Walk walk, KeyRange range) =>
    [
        .. (walk.Spec.Sources ?? []).Select(source => Statement(walk, range, (table, where) =>
            $"SELECT count(*) FROM (SELECT 1 FROM {source.Table.Quoted(quote)} WHERE EXISTS (SELECT 1 FROM {table} WHERE {where} AND ({source.On})) FOR SHARE) AS kept")),
    ];

    private Ask Left(Walk walk, KeyRange range, int limit)
    {
        var most = limit.ToString(CultureInfo.InvariantCulture);
        return Ask(walk, range, (table, where) => IsPlace(walk)
            ? $"SELECT block::text FROM (SELECT DISTINCT {Block} AS block FROM {table} WHERE {where} AND {Missing(walk)}) AS left_over ORDER BY block LIMIT {most}"
            : $"SELECT {Texts(walk)} FROM {table} WHERE {where} AND {Missing(walk)} ORDER BY {Keys(walk)} LIMIT {most}");
    }

    // What is computed is not merged into the condition: each of the two is computed by itself.
    private Ask Unsettled(Walk walk)
    {
        var (spec, table) = (walk.Spec, quote(walk.Spec.Table.Name));
        var stored = string.Join(", ", walk.Columns.Select(column => column == spec.Column ? $"({spec.Expression}) AS {quote(column)}" : quote(column)));
        return new($"""
            SELECT {quote(spec.Column)}::text, ({spec.Expression})::text
            FROM (SELECT {stored} FROM (SELECT * FROM {spec.Table.Quoted(quote)} LIMIT 1000) AS {table} WHERE {spec.Where ?? "true"} OFFSET 0) AS {table}
            WHERE {statements.Missing(spec with { Where = null })} LIMIT 1
            """);
    }

    private const string Block = "split_part(trim(LEADING '(' FROM ctid::text), ',', 1)::bigint";

    // The key's hash is the seed of the value's: values that changed places are seen. Sums of hashes do not depend on the order. Each row's
    // values are computed once; NULL is not the empty text.
    private Ask Compare(Walk walk, KeyRange range)
    {
        var spec = walk.Spec;
        var column = quote(spec.Column);
        var expected = spec.NullsOnly ? $"COALESCE({column}, {spec.Expression})" : spec.Expression;
        expected = spec.Where is { } where ? $"CASE WHEN ({where}) THEN {expected} ELSE {column} END" : expected;
        var image = IsPlace(walk) ? Place : Row(walk.Key.Select(key => quote(key.Name)));
        string Hash(string value) => $"sum(hashtextextended(COALESCE('=' || {value}::text, ''), seed))::text";
        return Ask(walk, range, (table, within) => $"""
            SELECT count(*), count(*) FILTER (WHERE differs), COALESCE({Hash("value")}, '0'), COALESCE({Hash("expected")}, '0'), count(*) FILTER (WHERE concerned)
            FROM (SELECT {Missing(walk)} AS differs, {column} AS value, CAST(({expected}) AS {walk.Type}) AS expected, {(spec is { Touches: false, Where: { } rows } ? $"({rows})" : "true")} AS concerned,
                    hashtextextended({image}::text, 0) AS seed
                  FROM {table} WHERE {within} OFFSET 0) AS compared
            """);
    }

    private string Assignment(Walk walk) => statements.Assignment(walk.Spec);

    private string Missing(Walk walk) => statements.Missing(walk.Spec);

    private Ask Ask(Walk walk, KeyRange range, Func<string, string, string> sql)
    {
        var (where, parameters) = Where(walk, range);
        return new(sql(walk.Spec.Table.Quoted(quote), where), parameters);
    }

    private StatementMessage Statement(Walk walk, KeyRange range, Func<string, string, string> sql)
    {
        var ask = Ask(walk, range, sql);
        return new(ask.Sql, ask.Parameters);
    }

    private (string Sql, IReadOnlyList<string?> Parameters) Where(Walk walk, KeyRange range)
    {
        List<string> conditions = [];
        List<string?> parameters = [];
        void Bound(IReadOnlyList<string>? key, string sign)
        {
            if (key is not null)
            {
                var values = walk.Key.Zip(key, (column, value) =>
                {
                    parameters.Add(value);
                    var parameter = $"@p{(parameters.Count - 1).ToString(CultureInfo.InvariantCulture)}";
                    return IsPlace(walk) ? $"CAST(CASE WHEN {parameter} LIKE '(%' THEN {parameter} ELSE '(' || {parameter} || ',65535)' END AS tid)" : $"CAST({parameter} AS {column.Type})";
                });
                conditions.Add($"{Row(walk.Key.Select(column => IsPlace(walk) ? Place : quote(column.Name)))} {sign} {Row(values)}");
            }
        }
        Bound(range.After, ">");
        Bound(range.UpTo, range.IsRow ? "=" : "<=");
        return (conditions.Count == 0 ? "true" : string.Join(" AND ", conditions), parameters);
    }

    private string Keys(Walk walk) => string.Join(", ", walk.Key.Select(key => quote(key.Name)));

    // Under a name of its own: ORDER BY takes the text for the column otherwise.
    private string Texts(Walk walk) => string.Join(", ", walk.Key.Select((key, index) => $"{quote(key.Name)}::text AS {quote($"text of key {index.ToString(CultureInfo.InvariantCulture)}")}"));

    private static string Row(IEnumerable<string> parts) => parts.ToList() is [var only] ? only : $"({string.Join(", ", parts)})";
}
