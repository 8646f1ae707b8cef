using System.Globalization;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>Rehearsals on SQLite: one writer, so there are no locks to tell apart; a table that begins at another page was written anew.</summary>
internal static class SqliteRehearsals
{
    public static readonly RehearsalForms Value = new()
    {
        Observation = """
            SELECT CASE type WHEN 'table' THEN 'file' ELSE 'index' END, name, NULL, tbl_name, rootpage FROM sqlite_master
            WHERE type IN ('table', 'index') AND tbl_name NOT LIKE '\_\_safe\_migrate%' ESCAPE '\' AND tbl_name NOT LIKE 'sqlite\_%' ESCAPE '\'
            """,
        Keep = kept =>
        [
            Forget(kept),
            new($"CREATE TABLE {Name(kept)} AS {Values(kept)}"),
        ],
        Compare = Compare,
        Forget = Forget,
    };

    private static readonly Func<string, string> Quote = identifier => SqliteEngine.Value.Quote(identifier);

    private static Ask Compare(KeptTable kept)
    {
        var columns = kept.Columns.Select(column =>
            $", COALESCE(sum(n.key IS NOT NULL AND b.{At(column)} <> n.{At(column)}), 0), COALESCE(sum(n.key IS NOT NULL AND b.{At(column)} <> 'NULL' AND n.{At(column)} = 'NULL'), 0)");
        return new($"""
            WITH now AS MATERIALIZED ({Values(kept)})
            SELECT count(*), (SELECT count(*) FROM now), COALESCE(sum(n.key IS NULL), 0), min(CASE WHEN n.key IS NULL THEN b.key END){string.Concat(columns)}
            FROM {Name(kept)} b LEFT JOIN now n ON n.key = b.key
            """);
    }

    private static string Values(KeptTable kept)
    {
        var values = string.Concat(kept.Columns.Select(column => $", {Text(column.Name)} AS {At(column)}"));
        var all = string.Join(" || ', ' || ", (kept.Key.Count > 0 ? kept.Key : kept.Columns.Select(column => column.Name)).Select(Text));
        var key = kept.Key.Count > 0 ? all : $"{all} || ' ' || row_number() OVER (PARTITION BY {all})";
        return $"SELECT {key} AS key{values} FROM {SqliteEngine.Value.QuoteTable(kept.Table)}";
    }

    // quote() ends a text at a zero byte.
    private static string Text(string column) => $"CASE WHEN typeof({Quote(column)}) = 'text' AND instr({Quote(column)}, char(0)) > 0 THEN hex({Quote(column)}) ELSE quote({Quote(column)}) END";

    private static StatementMessage Forget(KeptTable kept) => new($"DROP TABLE IF EXISTS {Name(kept)}");

    private static string At(KeptColumn column) => $"c{column.Place.ToString(CultureInfo.InvariantCulture)}";

    private static string Name(KeptTable kept) => $"\"__safe_migrate_kept_{kept.Number.ToString(CultureInfo.InvariantCulture)}\"";
}
