using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>
/// Batches on MariaDB and MySQL. InnoDB looks for a deadlock at once and rolls back whoever changed less, which would be the application: a batch
/// does not wait while it holds rows. Rows have no place of their own, so there is no way over a table without a key.
/// </summary>
internal sealed class MySqlBatches
{
    private const string Free = "safe_migrate_free";

    private readonly MySqlBatchTraits traits;
    private readonly Func<string, string> quote = MySqlQuestions.Quote;

    private MySqlBatches(MySqlBatchTraits traits) => this.traits = traits;

    public static BackfillForms Forms(MySqlBatchTraits traits)
    {
        var batches = new MySqlBatches(traits);
        return new()
        {
            Tables = Tables,
            Columns = table => new(Columns, table.Schema, table.Name),
            Last = walk => new($"SELECT {batches.Texts(walk)} FROM {Table(walk)} ORDER BY {string.Join(", ", walk.Key.Select(key => $"{batches.quote(key.Name)} DESC"))} LIMIT 1"),
            Nth = (walk, range, n) => batches.Ask(walk, range, (table, where) =>
                $"SELECT {batches.Texts(walk)} FROM {table} WHERE {where} ORDER BY {batches.Keys(walk)} LIMIT 1 OFFSET {(n - 1).ToString(CultureInfo.InvariantCulture)}"),
            Count = (walk, range) => batches.Ask(walk, range, (table, where) => $"SELECT count(*) FROM {table} WHERE {where}"),
            Session = [MySqlThrottles.Mark],
            Begin = batches.Begin,
            KeepSources = batches.KeepSources,
            Write = (walk, range) => batches.Statement(walk, range, (table, where) => $"UPDATE {table} SET {batches.Assignment(walk)} WHERE {where} AND {batches.Written(walk)}"),
            WriteAtOnce = traits.NoWait is { } noWait ? (walk, range) => batches.WriteLocked(walk, range, noWait) : null,
            WriteFree = (walk, range) => batches.WriteLocked(walk, range, traits.SkipLocked),
            Left = (walk, range, limit) => batches.Ask(walk, range, (table, where) =>
                $"SELECT {batches.Texts(walk)} FROM {table} WHERE {where} AND {batches.Missing(walk)} ORDER BY {batches.Keys(walk)} LIMIT {limit.ToString(CultureInfo.InvariantCulture)}"),
            Compare = batches.Compare,
            Fires = (table, trigger) => new(
                "SELECT 1 FROM information_schema.triggers WHERE event_object_schema = COALESCE(@p0, database()) AND event_object_table = @p1 AND trigger_name = @p2", table.Schema, table.Name, trigger),
            OthersInTheWay = OthersInTheWay,
            RowAtFault = RowAtFault,
            HasLooseEquality = MySqlKeys.IsText,
        };
    }

    // The server's numbers, and the states that providers report in their place. 1020: under snapshot isolation the row has changed; 3572: NOWAIT.
    private static bool OthersInTheWay(string? code) => code is "1205" or "1213" or "40001" or "3572" or "1020";

    /// <summary>Data exceptions and violated constraints (1265 has the state of a warning), and what a trigger raises.</summary>
    private static bool RowAtFault(string? code) => code is
        "1048" or "1062" or "1264" or "1265" or "1292" or "1366" or "1367" or "1406" or "1411" or "1416" or "1451" or "1452" or "1644" or "1690" or "3819" or "4025" or "01000" or "45000"
        || code is { Length: 5 } && (code.StartsWith("22", StringComparison.Ordinal) || code.StartsWith("23", StringComparison.Ordinal));

    private static readonly BackfillTables Tables = new(
        "`__safe_migrate_backfill`", "`__safe_migrate_backfill_part`", "`__safe_migrate_backfill_row`",
        [
            """
            CREATE TABLE IF NOT EXISTS `__safe_migrate_backfill` (
                name varchar(255) PRIMARY KEY, target text NOT NULL, checksum text NOT NULL, run text NOT NULL, state text NOT NULL, total text NOT NULL,
                wanted text NOT NULL, tuning text NOT NULL, news text NOT NULL, seen text NOT NULL) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
            """,
            """
            CREATE TABLE IF NOT EXISTS `__safe_migrate_backfill_part` (
                backfill varchar(255), part varchar(255), run text NOT NULL, begins text NOT NULL, ends text NOT NULL, place text NOT NULL,
                walked text NOT NULL, changed text NOT NULL, state text NOT NULL, PRIMARY KEY (backfill, part)) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
            """,
            // A place is JSON, which is written in ASCII: it may be as long as a key can be.
            """
            CREATE TABLE IF NOT EXISTS `__safe_migrate_backfill_row` (
                backfill varchar(255), place varchar(2048) CHARACTER SET ascii COLLATE ascii_bin, message text NOT NULL,
                PRIMARY KEY (backfill, place)) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
            """,
        ],
        insert => $"INSERT IGNORE{insert["INSERT".Length..]}")
    {
        Exists = new("SELECT 1 FROM information_schema.tables WHERE table_schema = database() AND table_name = '__safe_migrate_backfill_row'"),
    };

    private const string Columns = """
        SELECT c.column_name, c.column_type, c.column_type, CASE WHEN c.is_nullable = 'YES' THEN 'yes' ELSE 'no' END, s.seq_in_index
        FROM information_schema.columns c
        LEFT JOIN information_schema.statistics s ON s.table_schema = c.table_schema AND s.table_name = c.table_name AND s.column_name = c.column_name AND s.index_name = 'PRIMARY'
        WHERE c.table_schema = COALESCE(@p0, database()) AND c.table_name = @p1
        ORDER BY c.ordinal_position
        """;

    /// <summary>
    /// Providers begin a transaction at a level of their own, and a level can only be chosen before it: it is begun again. READ COMMITTED locks no
    /// gaps, but cannot be written down as statements. Without a strict mode a value that does not fit would be cut off without a word.
    /// </summary>
    private IReadOnlyList<string> Begin(int milliseconds)
    {
        var seconds = traits.Seconds(milliseconds).ToString(CultureInfo.InvariantCulture);
        return
        [
            $"""
            SET SESSION sql_mode = CONCAT_WS(',', NULLIF(@@sql_mode, ''), 'STRICT_ALL_TABLES'), innodb_lock_wait_timeout = {seconds}, lock_wait_timeout = {seconds},
              {traits.Isolation} = IF(@@log_bin AND @@binlog_format = 'STATEMENT', 'REPEATABLE-READ', 'READ-COMMITTED')
            """,
            "START TRANSACTION",
        ];
    }

    // Whoever waits here has changed nothing yet, and would be the victim of a deadlock.
    private IReadOnlyList<StatementMessage> KeepSources(Walk walk, KeyRange range) =>
    [
        .. (walk.Spec.Sources ?? []).Select(source => Statement(walk, range, (table, where) =>
            traits.Waits($"SELECT count(*) FROM {source.Table.Quoted()} WHERE EXISTS (SELECT 1 FROM {table} WHERE {where} AND ({source.On})) LOCK IN SHARE MODE"))),
    ];

    // The limit keeps the inner query one of its own; its names are none that the expression could mean. With no time to wait, MariaDB 10.11
    // takes a row it skips for a wait that has ended, and the transaction cannot be committed.
    private StatementMessage WriteLocked(Walk walk, KeyRange range, string locking) => Statement(walk, range, (table, where) => traits.Waits($"""
        UPDATE {table} JOIN (
            SELECT {string.Join(", ", walk.Key.Select((key, index) => $"{quote(key.Name)} AS {FreeKey(index)}"))} FROM {table}
            WHERE {where} AND {Written(walk)} LIMIT 18446744073709551615 FOR UPDATE {locking}) AS {Free}
          ON {string.Join(" AND ", walk.Key.Select((key, index) => $"{table}.{quote(key.Name)} = {Free}.{FreeKey(index)}"))}
        SET {Assignment(walk)}
        """));

    private static string FreeKey(int index) => $"{Free}_{index.ToString(CultureInfo.InvariantCulture)}";

    // Key and value are hashed together: values that changed places are seen.
    private Ask Compare(Walk walk, KeyRange range) => Ask(walk, range, (table, where) => $"""
        SELECT count(*), count(CASE WHEN {Missing(walk)} THEN 1 END), {Digest(walk, quote(walk.Spec.Column))},
          {Digest(walk, $"IF({Missing(walk)}, ({walk.Spec.Expression}), {quote(walk.Spec.Column)})")},
          {(walk.Spec is { Touches: false, Where: { } concerned } ? $"count(CASE WHEN {concerned} THEN 1 END)" : "count(*)")}
        FROM {table} WHERE {where}
        """);

    private string Digest(Walk walk, string value) =>
        $"BIT_XOR(CAST(CONV(LEFT(MD5(CONCAT({string.Join(", ", walk.Key.Select(key => $"QUOTE({MySqlKeys.Text(key, quote(key.Name))})"))}, QUOTE({value}))), 16), 16, 10) AS UNSIGNED))";

    private string Assignment(Walk walk) => $"{quote(walk.Spec.Column)} = {walk.Spec.Expression}";

    // A trigger may not write a table that its statement reads: a range is touched as a whole.
    private string Written(Walk walk) => walk.Spec.Touches ? "true" : Missing(walk);

    private string Missing(Walk walk)
    {
        var spec = walk.Spec;
        if (spec.Touches)
        {
            return $"({spec.Where ?? "false"})";
        }
        var column = quote(spec.Column);
        var differs = spec.NullsOnly ? $"{column} IS NULL AND ({spec.Expression}) IS NOT NULL"
            : MySqlKeys.CutsSpaces(walk.Type) ? $"NOT ({MySqlKeys.Image(column)} <=> {MySqlKeys.Image($"TRIM(TRAILING ' ' FROM ({spec.Expression}))")})"
            : spec.ByImage || MySqlKeys.IsText(walk.Type) ? $"NOT ({MySqlKeys.Image(column)} <=> {MySqlKeys.Image(spec.Expression)})"
            : $"NOT ({column} <=> ({spec.Expression}))";
        return spec.Where is { } where ? $"({where}) AND {differs}" : differs;
    }

    private Ask Ask(Walk walk, KeyRange range, Func<string, string, string> sql)
    {
        var (where, parameters) = Where(walk, range);
        return new(sql(Table(walk), where), parameters);
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
        void Bound(IReadOnlyList<string>? key, string sign, string last)
        {
            if (key is not null)
            {
                var first = parameters.Count;
                parameters.AddRange(key);
                (string Column, string Value)[] pairs = [.. walk.Key.Select((column, index) =>
                    (quote(column.Name), MySqlKeys.Value(column, $"@p{(first + index).ToString(CultureInfo.InvariantCulture)}")))];
                conditions.Add(range.IsRow ? string.Join(" AND ", pairs.Select(pair => $"{pair.Column} = {pair.Value}")) : MySqlKeys.Beyond(pairs, sign, last));
            }
        }
        Bound(range.After, ">", ">");
        Bound(range.UpTo, "<", "<=");
        return (conditions.Count == 0 ? "true" : string.Join(" AND ", conditions), parameters);
    }

    private static string Table(Walk walk) => walk.Spec.Table.Quoted();

    private string Keys(Walk walk) => string.Join(", ", walk.Key.Select(key => quote(key.Name)));

    private string Texts(Walk walk) => string.Join(", ", walk.Key.Select(key => MySqlKeys.Text(key, quote(key.Name))));
}
