using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>
/// A backfill as one DO block that commits after each batch. It stands alone in its command, outside a transaction, and has no EXCEPTION
/// block, which would forbid COMMIT. A block that is stopped has kept its batches; the next run passes over them.
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
        return $"""

            #variable_conflict use_column
            DECLARE
                batch_first record;
                batch_last record;
                table_last record;
            BEGIN
                SELECT {keys} INTO table_last FROM {table} ORDER BY {descending} LIMIT 1;
                SELECT {keys} INTO batch_first FROM {table} ORDER BY {keys} LIMIT 1;
                WHILE FOUND LOOP
                    SELECT {keys} INTO batch_last FROM {table}
                        WHERE {row} >= {Of("batch_first")} AND {row} <= {Of("table_last")}
                        ORDER BY {keys} OFFSET {Batch - 1} LIMIT 1;
                    IF NOT FOUND THEN
                        batch_last := table_last;
                    END IF;
                    UPDATE {table} SET {Assignment(spec)}
                        WHERE {row} >= {Of("batch_first")} AND {row} <= {Of("batch_last")}
                            AND {Missing(spec)};
                    COMMIT;
                    SELECT {keys} INTO batch_first FROM {table}
                        WHERE {row} > {Of("batch_last")} AND {row} <= {Of("table_last")}
                        ORDER BY {keys} LIMIT 1;
                END LOOP;
            END

            """;
    }

    /// <summary>Without a key: rows move while they are updated, so passes go on until one finds nothing.</summary>
    private string ByPlace(BackfillSpec spec)
    {
        var table = spec.Table.Quoted(quote);
        return $"""

            #variable_conflict use_column
            DECLARE
                batch_places tid[];
            BEGIN
                LOOP
                    batch_places := ARRAY(SELECT ctid FROM {table} WHERE {Missing(spec)} LIMIT {Batch});
                    EXIT WHEN batch_places = '{"{}"}';
                    UPDATE {table} SET {Assignment(spec)}
                        WHERE ctid = ANY (batch_places) AND {Missing(spec)};
                    COMMIT;
                END LOOP;
            END

            """;
    }

    private string Assignment(BackfillSpec spec) => $"{quote(spec.Column)} = {spec.Expression}";

    // Never IS NULL alone: where the expression yields NULL, those rows would be found for ever.
    public string Missing(BackfillSpec spec)
    {
        var column = quote(spec.Column);
        var differs = spec.NullsOnly ? $"{column} IS NULL AND {Grouped(spec.Expression)} IS NOT NULL"
            : spec.ByImage ? $"ROW({column})::record *<> ROW({spec.Expression})::record"
            : $"{column} IS DISTINCT FROM {Grouped(spec.Expression)}";
        return spec.Where is { } where ? $"({where}) AND {differs}" : differs;
    }

    private static string Grouped(string sql) => Atom().IsMatch(sql) ? sql : $"({sql})";

    [GeneratedRegex("""^(?:"(?:[^"]|"")+"|'(?:[^']|'')*'|[\w.]+)$""")]
    private static partial Regex Atom();

    private static string Row(IEnumerable<string> parts) => parts.ToList() is [var only] ? only : $"({string.Join(", ", parts)})";
}
