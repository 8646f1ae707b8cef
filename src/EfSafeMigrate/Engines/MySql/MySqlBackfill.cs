using System.Globalization;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>
/// A backfill as one procedure that commits after each batch. What is stopped has kept its batches; the next run passes over them. Rows that someone
/// holds are waited for one at a time with nothing else locked, so that no application is caught in a deadlock.
/// </summary>
internal sealed class MySqlBackfill
{
    private const int Batch = 1000;
    private const string Free = "safe_migrate_free";

    private readonly Func<string, string> _quote = MySqlQuestions.Quote;

    public string Batches(BackfillSpec spec) => MySqlRoutine.Run("safe_migrate_backfill", ByKey(spec));

    /// <summary>The rows whose column differs, while the other column has the foreign key that empties it; behind that, nobody writes it any more.</summary>
    public string Reconcile(BackfillSpec spec, string other) => MySqlRoutine.Run("safe_migrate_backfill", ByKey(spec, $"""

            IF {MySqlObject.OfReference(other, present: false).Condition(spec.Table)} THEN
                SET found = false;
            END IF;
        """));

    /// <param name="before">Statements that may end it before it begins.</param>
    private string ByKey(BackfillSpec spec, string before = "")
    {
        var table = spec.Table.Quoted();
        var keys = string.Join(", ", spec.Key.Select(_quote));
        var descending = string.Join(", ", spec.Key.Select(key => $"{_quote(key)} DESC"));
        var columns = string.Join(", ", spec.Key.Select((key, at) => $"{_quote(key)} AS `{Free}_{Number(at)}`"));
        var joined = string.Join(" AND ", spec.Key.Select((key, at) => $"{table}.{_quote(key)} = `{Free}`.`{Free}_{Number(at)}`"));
        string Variables(string name) => string.Join(", ", spec.Key.Select((_, at) => Variable(name, at)));
        string Copied(string from, string to) => string.Join(", ", spec.Key.Select((_, at) => $"{Variable(to, at)} = {Variable(from, at)}"));
        string Bound(string sign, string name) => MySqlKeys.Beyond([.. spec.Key.Select((key, at) => (_quote(key), Variable(name, at)))], sign, sign);
        string From(string name) => MySqlKeys.Beyond([.. spec.Key.Select((key, at) => (_quote(key), Variable(name, at)))], ">", ">=");
        string UpTo(string name) => MySqlKeys.Beyond([.. spec.Key.Select((key, at) => (_quote(key), Variable(name, at)))], "<", "<=");
        var missing = Missing(spec);
        // The trigger of a row that is touched writes another table, and waits for its rows: one at a time. A statement that reads that table cannot do so.
        var still = spec.Touches ? "" : $" AND {missing}";
        var batch = spec.Touches ? "" : $"""
                    UPDATE {table} JOIN (
                        SELECT {columns} FROM {table}
                        WHERE {From("first")} AND {UpTo("last")} AND {missing}
                        LIMIT 18446744073709551615 FOR UPDATE SKIP LOCKED) AS `{Free}` ON {joined}
                        SET {Assignment(spec)};

            """;
        // A variable has the type of the key it is read from, which a declaration could not know.
        return $"""
                DECLARE found boolean DEFAULT true;
                DECLARE CONTINUE HANDLER FOR NOT FOUND SET found = false;
                SELECT {keys} INTO {Variables("end")} FROM {table} ORDER BY {descending} LIMIT 1;
                SELECT {keys} INTO {Variables("first")} FROM {table} ORDER BY {keys} LIMIT 1;{before}
                WHILE found DO
                    SELECT {keys} INTO {Variables("last")} FROM {table}
                        WHERE {From("first")} AND {UpTo("end")} ORDER BY {keys} LIMIT 1 OFFSET {Number(Batch - 1)};
                    IF NOT found THEN
                        SET {Copied("end", "last")};
                    END IF;
                    COMMIT;
                    IF NOT (@@log_bin AND @@binlog_format = 'STATEMENT') THEN
                        SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
                    END IF;
            {batch}        COMMIT;
                    SET found = true;
                    SELECT {keys} INTO {Variables("held")} FROM {table}
                        WHERE {From("first")} AND {UpTo("last")} AND {missing} ORDER BY {keys} LIMIT 1;
                    WHILE found DO
                        UPDATE {table} SET {Assignment(spec)}
                            WHERE {string.Join(" AND ", spec.Key.Select((key, at) => $"{_quote(key)} = {Variable("held", at)}"))}{still};
                        COMMIT;
                        SELECT {keys} INTO {Variables("held")} FROM {table}
                            WHERE {Bound(">", "held")} AND {UpTo("last")} AND {missing} ORDER BY {keys} LIMIT 1;
                    END WHILE;
                    SET found = true;
                    SELECT {keys} INTO {Variables("first")} FROM {table}
                        WHERE {Bound(">", "last")} AND {UpTo("end")} ORDER BY {keys} LIMIT 1;
                END WHILE;
            """;
    }

    public string Missing(BackfillSpec spec)
    {
        if (spec.Touches)
        {
            return $"({spec.Where ?? "false"})";
        }
        var column = _quote(spec.Column);
        var differs = spec.NullsOnly ? $"{column} IS NULL AND ({spec.Expression}) IS NOT NULL"
            : spec.ByImage ? $"NOT ({MySqlKeys.Image(column)} <=> {MySqlKeys.Image(spec.Expression)})"
            : $"NOT ({column} <=> ({spec.Expression}))";
        return spec.Where is { } where ? $"({where}) AND {differs}" : differs;
    }

    public string Astray(BackfillSpec spec) =>
        $"{Missing(spec with { NullsOnly = false })} AND {(spec.ByImage ? $"{MySqlKeys.Image(spec.Expression)} <=> {MySqlKeys.Image(spec.Expression)}" : $"({spec.Expression}) <=> ({spec.Expression})")}";

    private string Assignment(BackfillSpec spec) => $"{_quote(spec.Column)} = {spec.Expression}";

    private static string Variable(string name, int at) => $"@safe_migrate_{name}_{Number(at)}";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
