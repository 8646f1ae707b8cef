using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>
/// A backfill as one DO block that commits after each batch. It stands alone in its command, outside a transaction, and has no EXCEPTION
/// block, which would forbid COMMIT. A block that is stopped has kept its batches; the next run passes over them. Rows that someone holds
/// are waited for one at a time with nothing else locked, so that no application is caught in a deadlock.
/// </summary>
internal sealed partial class PostgresBackfill(Func<string, string> quote)
{
    private const int Batch = 1000;

    public string Block(BackfillSpec spec) => $"DO {(spec.Key.Count > 0 ? ByKey(spec) : ByPlace(spec)).Dollars("backfill")};";

    public string Update(BackfillSpec spec) => $"UPDATE {spec.Table.Quoted(quote)} SET {Assignment(spec)} WHERE {Missing(spec)};";

    private string ByKey(BackfillSpec spec)
    {
        var table = spec.Table.Quoted(quote);
        var keys = string.Join(", ", spec.Key.Select(quote));
        var descending = string.Join(", ", spec.Key.Select(key => $"{quote(key)} DESC"));
        var row = Row(spec.Key.Select(quote));
        string Of(string record) => Row(spec.Key.Select(key => $"{record}.{quote(key)}"));
        var (first, last, end, held) = (Free("batch_first", spec.Table), Free("batch_last", spec.Table), Free("table_last", spec.Table), Free("held_row", spec.Table));
        return $"""

            #variable_conflict use_column
            DECLARE
                {first} record;
                {last} record;
                {end} record;
                {held} record;
            BEGIN
                {Start(spec)}{Patience(spec)}
                SELECT {keys} INTO {end} FROM {table} ORDER BY {descending} LIMIT 1;
                SELECT {keys} INTO {first} FROM {table} ORDER BY {keys} LIMIT 1;
                WHILE FOUND LOOP
                    SELECT {keys} INTO {last} FROM {table}
                        WHERE {row} >= {Of(first)} AND {row} <= {Of(end)}
                        ORDER BY {keys} OFFSET {Batch - 1} LIMIT 1;
                    IF NOT FOUND THEN
                        {last} := {end};
                    END IF;
                    UPDATE {table} SET {Assignment(spec)}
                        WHERE ctid = ANY (ARRAY(
                            SELECT ctid FROM {table} WHERE {row} >= {Of(first)} AND {row} <= {Of(last)}
                                AND {Missing(spec)}
                                FOR NO KEY UPDATE SKIP LOCKED))
                            AND {Missing(spec)};
                    COMMIT AND CHAIN;{Patience(spec)}
                    FOR {held} IN SELECT {keys} FROM {table} WHERE {row} >= {Of(first)} AND {row} <= {Of(last)}
                            AND {Missing(spec)} LOOP
                        UPDATE {table} SET {Assignment(spec)}
                            WHERE {row} = {Of(held)} AND {Missing(spec)};
                        COMMIT AND CHAIN;{Patience(spec)}
                    END LOOP;
                    SELECT {keys} INTO {first} FROM {table}
                        WHERE {row} > {Of(last)} AND {row} <= {Of(end)}
                        ORDER BY {keys} LIMIT 1;
                END LOOP;
            END

            """;
    }

    /// <summary>Without a key: rows move while they are updated, so passes go on until one finds nothing.</summary>
    private string ByPlace(BackfillSpec spec)
    {
        var table = spec.Table.Quoted(quote);
        var places = Free("batch_places", spec.Table);
        string Pass(string rows) => $"""
                LOOP
                    {places} := ARRAY(SELECT ctid FROM {table} WHERE {Missing(spec)} {rows});
                    EXIT WHEN {places} = '{"{}"}';
                    UPDATE {table} SET {Assignment(spec)}
                        WHERE ctid = ANY ({places}) AND {Missing(spec)};
                    COMMIT AND CHAIN;{Patience(spec)}
                END LOOP;
            """;
        return $"""

            #variable_conflict use_column
            DECLARE
                {places} tid[];
            BEGIN
                {Start(spec)}{Patience(spec)}
            {Pass($"LIMIT {Batch} FOR NO KEY UPDATE SKIP LOCKED")}
            {Pass("LIMIT 1")}
            END

            """;
    }

    // A policy hides rows without a word, and they would be lost. A stricter isolation level would fail on rows that are written meanwhile;
    // it can be chosen only where a transaction begins.
    private string Start(BackfillSpec spec)
    {
        var table = spec.Table.Quoted(quote).Literal();
        return $"""
            IF row_security_active({table}) THEN
                    RAISE EXCEPTION 'row-level security hides rows of % from %', {table}, current_user
                        USING HINT = 'Run it as a role that has BYPASSRLS.';
                END IF;
                COMMIT;
                SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
            """;
    }

    // The trigger waits for rows of another table while the batch holds its own. Before the server looks for a deadlock the batch gives up, so that
    // no application is the victim; run again, it goes on. The other table grows from batch to batch, and a plan for few of its rows is none for many.
    private static string Patience(BackfillSpec spec) => spec.Touches ? " SET LOCAL lock_timeout = '900ms'; SET LOCAL plan_cache_mode = force_custom_plan;" : "";

    public string Assignment(BackfillSpec spec) => $"{quote(spec.Column)} = {spec.Expression}";

    // Never IS NULL alone: where the expression yields NULL, those rows would be found for ever.
    public string Missing(BackfillSpec spec)
    {
        if (spec.Touches)
        {
            return $"({spec.Where ?? "false"})";
        }
        var column = quote(spec.Column);
        var differs = spec.NullsOnly ? $"{column} IS NULL AND {Grouped(spec.Expression)} IS NOT NULL"
            : spec.ByImage ? $"ROW({column})::record *<> ROW({spec.Expression})::record"
            : $"{column} IS DISTINCT FROM {Grouped(spec.Expression)}";
        return spec.Where is { } where ? $"({where}) AND {differs}" : differs;
    }

    public string Astray(BackfillSpec spec)
    {
        var expression = Grouped(spec.Expression);
        return $"{Missing(spec with { NullsOnly = false })} AND {(spec.ByImage ? $"ROW({expression})::record *= ROW({expression})::record" : $"{expression} IS NOT DISTINCT FROM {expression}")}";
    }

    private static string Grouped(string sql) => Atom().IsMatch(sql) ? sql : $"({sql})";

    [GeneratedRegex("""^(?:"(?:[^"]|"")+"|'(?:[^']|'')*'|[\w.]+)$""")]
    private static partial Regex Atom();

    /// <summary>A variable that cannot be taken for the table.</summary>
    private static string Free(string variable, TableName table) => variable == table.Name ? $"{variable}_" : variable;

    private static string Row(IEnumerable<string> parts) => parts.ToList() is [var only] ? only : $"({string.Join(", ", parts)})";
}
