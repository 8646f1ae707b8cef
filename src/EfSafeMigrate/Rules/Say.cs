using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using Humanizer;

namespace EfSafeMigrate.Rules;

/// <summary>Numbers, sizes, durations and blocked traffic as a person says them.</summary>
internal static class Say
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Rows(long rows) => rows == 1 ? "1 row" : $"{rows.ToString("N0", Culture)} rows";

    public static string Bytes(long bytes) => bytes.Bytes().Humanize("0.#", Culture);

    /// <summary><c>Orders (4,812,330 rows, 1.1 GB)</c>.</summary>
    public static string Sized(TableName table, TableFacts facts) => $"{table} ({Size(facts)})";

    public static string Size(TableFacts facts)
    {
        if (facts.Rows.Value is not { } rows)
        {
            return "size unknown, taken as large";
        }
        var size = facts.Bytes.Value is { } bytes ? $"{Rows(rows)}, {Bytes(bytes)}" : Rows(rows);
        return facts.Rows.Basis == FactBasis.Assumed ? $"{size}, assumed" : size;
    }

    /// <summary><c>the values of 4,812,330 rows</c>, or of every row where nobody counted.</summary>
    public static string OfRows(TableFacts facts) => facts.Rows.Value is { } rows ? Rows(rows) : "every row";

    /// <summary><c>for about 14 s</c>, or <c>until the build ends</c>.</summary>
    public static string For(Estimate estimate, string work) =>
        estimate is { Low: { } low, High: { } high } ? $"for about {Duration(Estimate.Middle(low, high))}" : $"until {work} ends";

    public static string Duration(TimeSpan time) => time switch
    {
        { TotalMilliseconds: < 1 } => "1 ms",
        { TotalMilliseconds: < 950 } => $"{Rounded(time.TotalMilliseconds)} ms",
        { TotalSeconds: < 95 } => $"{Rounded(time.TotalSeconds)} s",
        { TotalMinutes: < 95 } => $"{Rounded(time.TotalMinutes)} min",
        _ => $"{Rounded(time.TotalHours)} h",
    };

    /// <summary>Who waits, as the object of <c>stops</c>.</summary>
    public static string Stopped(Impact impact, Engine engine) => Stopped(impact.Blocks, impact.Locks, engine);

    public static string Stopped(Blocks blocks, IEnumerable<TableLock> locks, Engine engine)
    {
        var tables = List([.. locks.Where(taken => taken.Blocks == blocks).Select(taken => taken.Table.ToString()).Distinct()]);
        return (blocks, engine.OneWriter) switch
        {
            (Blocks.Nothing, _) => "nothing",
            (Blocks.Writes, true) => "every writer of the database",
            (Blocks.Writes, false) => $"every INSERT, UPDATE and DELETE on {tables}",
            (_, true) => "every reader and writer of the database",
            (_, false) => $"every read and write of {tables}",
        };
    }

    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>.</summary>
    public static string List(IReadOnlyList<string> items) =>
        items.Count < 2 ? string.Concat(items) : $"{string.Join(", ", items.Take(items.Count - 1))} and {items[^1]}";

    /// <summary>The first ones, and how many more.</summary>
    public static string Some(IReadOnlyList<string> items, int shown = 3) =>
        items.Count <= shown ? List(items) : $"{string.Join(", ", items.Take(shown))} and {items.Count - shown} more";

    public static string Column(TableName table, string column) => $"{table}.{column}";

    public static string Columns(TableName table, IReadOnlyList<string> columns) =>
        columns is [var single] ? Column(table, single) : $"{table} ({string.Join(", ", columns)})";

    private static string Rounded(double value) => value switch
    {
        < 2 => Math.Max(1, Math.Round(value, 1)).ToString("0.#", Culture),
        < 20 => Math.Round(value).ToString("0", Culture),
        < 200 => (Math.Round(value / 5) * 5).ToString("0", Culture),
        _ => (Math.Round(value / 50) * 50).ToString("0", Culture),
    };
}
