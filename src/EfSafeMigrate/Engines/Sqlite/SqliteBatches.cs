using System.Globalization;
using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>
/// Batches on SQLite. A value has a type of its own, whatever its column says, so keys travel as the literals that SQLite writes for them. There
/// is one writer: batches are short, and others get their turn in between. There is no hash, so every row is compared.
/// </summary>
internal sealed partial class SqliteBatches
{
    private readonly Func<string, string> quote;

    private SqliteBatches(Func<string, string> quote) => this.quote = quote;

    public static BackfillForms Forms(Func<string, string> quote)
    {
        var batches = new SqliteBatches(quote);
        return new()
        {
            Tables = Tables,
            Columns = table => new(Columns, table.Name),
            // Stays the same when the row is written, and is the primary key itself where that is one INTEGER.
            Place = [new("_rowid_", "INTEGER")],
            Last = walk => new($"SELECT {batches.Literals(walk)} FROM {batches.Table(walk)} ORDER BY {string.Join(", ", walk.Key.Select(key => $"{quote(key.Name)} DESC"))} LIMIT 1"),
            Nth = (walk, range, n) => new(
                $"SELECT {batches.Literals(walk)} FROM {batches.Table(walk)} WHERE {batches.Within(walk, range)} ORDER BY {batches.Keys(walk)} LIMIT 1 OFFSET {(n - 1).ToString(CultureInfo.InvariantCulture)}"),
            Count = (walk, range) => new($"SELECT count(*) FROM {batches.Table(walk)} WHERE {batches.Within(walk, range)}"),
            // The transaction begins as a writer, and waits for its turn there.
            Begin = _ => [],
            Write = (walk, range) => new($"UPDATE {batches.Table(walk)} SET {quote(walk.Spec.Column)} = {Named(walk.Spec.Expression)} WHERE {batches.Within(walk, range)} AND {batches.Missing(walk.Spec)}"),
            Left = (walk, range, limit) => new(
                $"SELECT {batches.Literals(walk)} FROM {batches.Table(walk)} WHERE {batches.Within(walk, range)} AND {batches.Missing(walk.Spec)} ORDER BY {batches.Keys(walk)} LIMIT {limit.ToString(CultureInfo.InvariantCulture)}"),
            Hashes = false,
            Compare = (walk, range) => new($"SELECT count(*), count(CASE WHEN {batches.Missing(walk.Spec)} THEN 1 END), NULL, NULL, {Concerned(walk.Spec)} FROM {batches.Table(walk)} WHERE {batches.Within(walk, range)}"),
            Fires = (table, trigger) => new("SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND tbl_name = @p0 COLLATE NOCASE AND name = @p1 COLLATE NOCASE", table.Name, trigger),
            OthersInTheWay = SqliteUpdates.OthersInTheWay,
            // SQLITE_TOOBIG, SQLITE_CONSTRAINT (triggers raise it too) and SQLITE_MISMATCH.
            RowAtFault = code => code is "18" or "19" or "20",
            HasLooseEquality = _ => false,
            Unsettled = batches.Unsettled,
            Target = TimeSpan.FromMilliseconds(50),
            Breath = TimeSpan.FromMilliseconds(25),
        };
    }

    private static readonly BackfillTables Tables = new(
        "\"__safe_migrate_backfill\"", "\"__safe_migrate_backfill_part\"", "\"__safe_migrate_backfill_row\"",
        [
            """
            CREATE TABLE IF NOT EXISTS "__safe_migrate_backfill" (
                "name" TEXT NOT NULL PRIMARY KEY, "target" TEXT NOT NULL, "checksum" TEXT NOT NULL, "run" TEXT NOT NULL, "state" TEXT NOT NULL, "total" TEXT NOT NULL,
                "wanted" TEXT NOT NULL, "tuning" TEXT NOT NULL, "news" TEXT NOT NULL, "seen" TEXT NOT NULL)
            """,
            """
            CREATE TABLE IF NOT EXISTS "__safe_migrate_backfill_part" (
                "backfill" TEXT NOT NULL, "part" TEXT NOT NULL, "run" TEXT NOT NULL, "begins" TEXT NOT NULL, "ends" TEXT NOT NULL, "place" TEXT NOT NULL,
                "walked" TEXT NOT NULL, "changed" TEXT NOT NULL, "state" TEXT NOT NULL, PRIMARY KEY ("backfill", "part"))
            """,
            """
            CREATE TABLE IF NOT EXISTS "__safe_migrate_backfill_row" (
                "backfill" TEXT NOT NULL, "place" TEXT NOT NULL, "message" TEXT NOT NULL, PRIMARY KEY ("backfill", "place"))
            """,
        ],
        insert => $"{insert} ON CONFLICT DO NOTHING")
    {
        Exists = new("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '__safe_migrate_backfill_row'"),
    };

    // An INTEGER PRIMARY KEY is never NULL, though it is not declared so; every other key may be, unless it is.
    private const string Columns = """
        SELECT c.name, c.type, c.type,
          CASE WHEN c."notnull" <> 0 OR (c.pk > 0 AND upper(c.type) = 'INTEGER' AND (SELECT count(*) FROM pragma_table_info(@p0) k WHERE k.pk > 0) = 1) THEN 'no' ELSE 'yes' END,
          NULLIF(c.pk, 0)
        FROM pragma_table_xinfo(@p0) c WHERE c.hidden <> 1 AND EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @p0 COLLATE NOCASE)
        """;

    /// <summary>
    /// Rows whose value is not the one that would be stored: text is compared by its bytes, whatever the column's collation, and <c>+</c> takes the
    /// expression's own affinity away, so that it is converted as storing it would.
    /// </summary>
    private string Missing(BackfillSpec spec) => Missing(spec, quote);

    public static string Missing(BackfillSpec spec, Func<string, string> quote)
    {
        var column = quote(spec.Column);
        var differs = spec.NullsOnly ? $"{column} IS NULL AND ({Named(spec.Expression)}) IS NOT NULL" : $"{column} COLLATE BINARY IS NOT +({Named(spec.Expression)})";
        return spec.Where is { } where ? $"({Named(where)}) AND {differs}" : differs;
    }

    private Ask Unsettled(Walk walk)
    {
        var (spec, table) = (walk.Spec, Table(walk));
        var stored = string.Join(", ", walk.Columns.Select(column => column == spec.Column ? $"({Named(spec.Expression)}) AS {quote(column)}" : quote(column)));
        return new($"""
            SELECT {quote(spec.Column)}, ({Named(spec.Expression)})
            FROM (SELECT {stored} FROM (SELECT * FROM {table} LIMIT 1000) AS {table} WHERE {(spec.Where is { } where ? Named(where) : "true")}) AS {table}
            WHERE {Missing(spec with { Where = null })} LIMIT 1
            """);
    }

    /// <summary>
    /// SQLite takes a name in double quotes that no column has for a text, and every row would get it. A name in backticks is a name.
    /// https://www.sqlite.org/quirks.html#dblquote
    /// </summary>
    public static string Named(string sql) => Quoted().Replace(
        sql, match => match.Groups["name"] is { Success: true, Value: var name } ? $"`{name.Replace("\"\"", "\"", StringComparison.Ordinal).Replace("`", "``", StringComparison.Ordinal)}`" : match.Value);

    [GeneratedRegex(""""'(?:[^']|'')*'|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|/\*.*?\*/|"(?<name>(?:[^"]|"")*)\x22"""", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    private static string Concerned(BackfillSpec spec) => spec.Where is { } where ? $"count(CASE WHEN {Named(where)} THEN 1 END)" : "count(*)";

    private string Table(Walk walk) => quote(walk.Spec.Table.Name);

    private string Keys(Walk walk) => string.Join(", ", walk.Key.Select(key => quote(key.Name)));

    // A literal ends where the text has a zero.
    private string Literals(Walk walk) => string.Join(", ", walk.Key.Select(key =>
        $"CASE WHEN typeof({quote(key.Name)}) = 'text' AND instr({quote(key.Name)}, char(0)) > 0 THEN 'CAST(X''' || hex({quote(key.Name)}) || ''' AS TEXT)' ELSE quote({quote(key.Name)}) END"));

    private string Within(Walk walk, KeyRange range)
    {
        string Bound(IReadOnlyList<string> key, string sign) => $"{Row(walk.Key.Select(column => quote(column.Name)))} {sign} {Row(key.Select(Checked))}";
        string[] conditions = [.. range.After is { } after ? [Bound(after, ">")] : Array.Empty<string>(), .. range.UpTo is { } upTo ? [Bound(upTo, range.IsRow ? "=" : "<=")] : Array.Empty<string>()];
        return conditions.Length == 0 ? "true" : string.Join(" AND ", conditions);
    }

    /// <summary>Nothing but a literal becomes part of a statement.</summary>
    private static string Checked(string literal) => Literal().IsMatch(literal)
        ? literal
        : throw new SafeMigrateException($"A key of {literal} has no literal on SQLite.", "Delete or correct that row");

    [GeneratedRegex(@"\A(?:-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?|'(?:[^'\0]|'')*'|X'(?:[0-9A-F]{2})*'|CAST\(X'(?:[0-9A-F]{2})+' AS TEXT\))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Literal();

    private static string Row(IEnumerable<string> parts) => parts.ToList() is [var only] ? only : $"({string.Join(", ", parts)})";
}
