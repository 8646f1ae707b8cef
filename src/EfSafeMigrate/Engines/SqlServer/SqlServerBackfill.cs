using System.Globalization;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>
/// A backfill as one batch of statements that goes over the key. Outside a transaction each UPDATE commits by itself, and a thousand rows are too few for the
/// server to lock the whole table. The next keys stand in a table of the session, which has their types.
/// </summary>
internal sealed class SqlServerBackfill(Func<string, string> quote)
{
    private const int Batch = 1000;
    private const string Next = "#safe_migrate_next";
    private const string Last = "#safe_migrate_last";

    public string Batches(BackfillSpec spec)
    {
        var (table, name) = (spec.Table.Quoted(quote), quote(spec.Table.Name));
        var keys = string.Join(", ", spec.Key.Select(quote));
        var descending = string.Join(", ", spec.Key.Select(key => $"{quote(key)} DESC"));
        var its = string.Join(" AND ", spec.Key.Select(key => $"[~next].{quote(key)} = {name}.{quote(key)}"));
        var read = string.Join(", ", spec.Key.Select(key => $"{name}.{quote(key)}"));
        var size = Batch.ToString(CultureInfo.InvariantCulture);
        // Two halves, because a table made of one would number its rows as the key does.
        return $"""
            SET NOCOUNT ON;
            IF @@TRANCOUNT > 0 THROW 50000, {SqlServerPhases.Text($"The backfill of {spec.Table} commits after each batch: run it outside a transaction.")}, 1;
            DROP TABLE IF EXISTS {Next}, {Last};
            SELECT TOP (0) {keys} INTO {Next} FROM {table} UNION ALL SELECT TOP (0) {keys} FROM {table};
            SELECT TOP (0) {keys} INTO {Last} FROM {table} UNION ALL SELECT TOP (0) {keys} FROM {table};
            INSERT INTO {Next} SELECT TOP ({size}) {keys} FROM {table} ORDER BY {keys};
            WHILE EXISTS (SELECT 1 FROM {Next})
            BEGIN
                UPDATE {name} SET {quote(spec.Column)} = {spec.Expression} FROM {table} AS {name}
                    WHERE EXISTS (SELECT 1 FROM {Next} AS [~next] WHERE {its}) AND {Missing(spec)};
                DELETE FROM {Last};
                INSERT INTO {Last} SELECT TOP (1) {keys} FROM {Next} ORDER BY {descending};
                DELETE FROM {Next};
                INSERT INTO {Next} SELECT TOP ({size}) {read} FROM {Last} AS [~last] JOIN {table} AS {name} ON {Beyond(name, spec.Key)} ORDER BY {read};
            END;
            DROP TABLE {Next}, {Last};
            """;
    }

    public string Update(BackfillSpec spec) =>
        $"UPDATE {quote(spec.Table.Name)} SET {quote(spec.Column)} = {spec.Expression} FROM {spec.Table.Quoted(quote)} AS {quote(spec.Table.Name)} WHERE {Missing(spec)};";

    public string Missing(BackfillSpec spec)
    {
        var column = quote(spec.Column);
        var differs = spec.NullsOnly ? $"{column} IS NULL AND ({spec.Expression}) IS NOT NULL" : Differ(column, spec.Expression, spec.ByImage);
        return spec.Where is { } where ? $"({where}) AND {differs}" : differs;
    }

    /// <summary>EXCEPT takes NULL for equal to NULL, and for other values the column's own equality: text is compared by its bytes.</summary>
    public static string Differ(string one, string other, bool? byImage) => byImage == false
        ? $"EXISTS (SELECT {one} EXCEPT SELECT {other})"
        : $"EXISTS (SELECT CONVERT(varbinary(max), {one}) EXCEPT SELECT CONVERT(varbinary(max), {other}))";

    private string Beyond(string table, IReadOnlyList<string> key) => string.Join(" OR ", key.Select((column, at) =>
        $"({string.Join(" AND ", key.Take(at).Select(before => $"{table}.{quote(before)} = [~last].{quote(before)}").Append($"{table}.{quote(column)} > [~last].{quote(column)}"))})"));
}
