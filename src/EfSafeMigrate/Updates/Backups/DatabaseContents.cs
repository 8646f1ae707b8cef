using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Rehearsals;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Backups;

/// <summary>What a database holds at one moment: its schema, and of each table how many rows it has and a digest of them.</summary>
internal sealed record DatabaseContents(Schema Schema, IReadOnlyList<TableContents> Tables, IReadOnlyDictionary<string, string> Counters)
{
    private const int Seconds = 24 * 3600;

    public long Rows => Tables.Sum(table => table.Rows);

    /// <summary>Reads all of it, in the transaction that the session holds or in none.</summary>
    /// <param name="tell">Told of each table.</param>
    public static async Task<DatabaseContents> ReadAsync(Engine engine, Link link, TableName history, Action<TableContents> tell, CancellationToken cancellation) =>
        await AroundAsync(engine, link, history, await RowsAsync(engine, link, tell, cancellation), cancellation);

    /// <summary>All but the rows, which were read before.</summary>
    public static async Task<DatabaseContents> AroundAsync(Engine engine, Link link, TableName history, IReadOnlyList<TableContents> rows, CancellationToken cancellation)
    {
        var schema = new Schema([.. (await AskAsync(link, engine.Backups.Definitions(history), cancellation)).SelectMany(engine.Backups.Read)]);
        return new(schema, rows, await CountersAsync(engine, link, cancellation));
    }

    /// <summary>Every table's, and whatever else has values.</summary>
    public static async Task<IReadOnlyList<TableContents>> RowsAsync(Engine engine, Link link, Action<TableContents> tell, CancellationToken cancellation)
    {
        List<TableContents> tables = [];
        foreach (var table in (await AskAsync(link, engine.Backups.Tables, cancellation)).GroupBy(row => new TableName(row[0], row[1]!)))
        {
            tables.Add(await TableAsync(engine.Backups, link, table.Key, [.. table.Where(row => row[2] is not null).Select(row => new DigestedColumn(row[2]!, row.ElementAtOrDefault(3)))], cancellation));
            tell(tables[^1]);
        }
        if (engine.Backups.Others is { } others)
        {
            tables.AddRange((await AskAsync(link, others, cancellation)).Select(row => new TableContents(row[0]!, Number(row[1]), row[2]!)));
        }
        return tables;
    }

    public static async Task<IReadOnlyDictionary<string, string>> CountersAsync(Engine engine, Link link, CancellationToken cancellation) => engine.Backups.Counters is not { } counters ? new Dictionary<string, string>()
        : (await AskAsync(link, counters, cancellation)).ToDictionary(row => row[0]!, row => row[1] ?? "");

    /// <summary>In the transaction that the session holds: a query would want one of its own. Marked: a contract that waits until nobody reads a column waited for its own backup.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<string?>>> AskAsync(Link link, Ask ask, CancellationToken cancellation) =>
        (await link.Connection.RunAsync([new StatementMessage($"{ask.Sql}\n{Session.Mark}", [.. ask.Parameters])], false, Seconds, cancellation))[0].Rows;

    /// <summary>The first table whose rows are not the same, as a clause; null when all are.</summary>
    /// <param name="was">What was written down.</param>
    public static string? Difference(IReadOnlyList<TableContents> was, IReadOnlyList<TableContents> now)
    {
        var found = now.ToDictionary(table => table.Table);
        foreach (var table in was)
        {
            if (!found.Remove(table.Table, out var there))
            {
                return $"{table.Table} is missing";
            }
            if (there.Rows != table.Rows)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{table.Table} has {there.Rows:N0} rows and had {table.Rows:N0}");
            }
            if (there.Digest != table.Digest)
            {
                return $"rows of {table.Table} have other values";
            }
        }
        return found.Keys.FirstOrDefault() is { } come ? $"{come} is there and was not" : null;
    }

    private static async Task<TableContents> TableAsync(BackupForms forms, Link link, TableName table, IReadOnlyList<DigestedColumn> columns, CancellationToken cancellation)
    {
        if (forms.Digest is not { } digest)
        {
            var lines = await link.Connection.LinesAsync!(forms.Lines!(table, [.. columns.Select(column => column.Name)]), Seconds, cancellation);
            return new(table.ToString(), lines.Lines, lines.Digest);
        }
        var found = (await AskAsync(link, digest(table, columns), cancellation))[0];
        return new(table.ToString(), Number(found[0]), found[1]!);
    }

    private static long Number(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);
}

/// <param name="Table">With its schema; or what else has values.</param>
internal sealed record TableContents(string Table, long Rows, string Digest);
