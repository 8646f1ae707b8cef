using System.Globalization;
using Bogus;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Seeds;

/// <summary>Values of one column, as text that the database takes.</summary>
internal sealed class ColumnValues
{
    /// <summary>Not today: the same number makes the same rows each day.</summary>
    private static readonly DateTime Beginning = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private const int Span = 365 * 24 * 3600;

    private readonly TableName table;
    private readonly Faker faker;
    private readonly SeedType type;
    private readonly Bounds bounds;
    private readonly IReadOnlyList<string>? allowed;

    private ColumnValues(TableName table, RowColumn column, Faker faker, SeedType type, Bounds bounds, IReadOnlyList<string>? allowed) =>
        (this.table, Column, this.faker, this.type, this.bounds, this.allowed) = (table, column, faker, type, bounds, allowed);

    public RowColumn Column { get; }

    /// <returns>Null when nobody knows values of its type.</returns>
    public static ColumnValues? Of(TableName table, RowColumn column, SeedCatalogue catalogue, RowForms forms, Faker faker)
    {
        var labels = catalogue.Labels[column.Kind.Split(' ', 2)[^1]].ToArray();
        var meaning = catalogue.Meaning(table, column.Name);
        var stored = forms.SeedTypeOf(column.Kind);
        var type = labels.Length > 0 ? new SeedType(ValueKind.Fixed) { Text = labels[0] } : stored is { Kind: ValueKind.Text or ValueKind.Integer or ValueKind.Bytes } or null ? ClrTypes.Of(meaning?.Type, stored) : stored;
        var bounds = Bounds.Of(column.Name, catalogue.Checks[table]);
        return type is null ? null : new(table, column, faker, type, bounds, Narrowed(meaning?.Allowed ?? (labels.Length > 0 ? labels : null), bounds.Allowed));
    }

    /// <summary>How many different values there are; null for more than anybody wants.</summary>
    public long? Capacity => allowed is { } values ? values.Count : type.Kind switch
    {
        ValueKind.Boolean => 2,
        ValueKind.Fixed => 1,
        ValueKind.Integer => Greatest - Least + 1,
        ValueKind.Text when Longest is { } longest and < 10 => (long)Math.Pow(10, longest),
        ValueKind.Bits => Column.Length is { } bits and < 62 ? 1L << bits : null,
        _ => null,
    };

    /// <summary>Some value.</summary>
    public string Any() => allowed is { Count: > 0 } values ? faker.Random.ListItem([.. values]) : type.Kind switch
    {
        ValueKind.Integer => Text(faker.Random.Long(Least, Math.Min(Greatest, Math.Max(Least, 0) + 1_000_000))),
        ValueKind.Decimal or ValueKind.Real => Number(faker.Random.Decimal(0, 1)),
        ValueKind.Boolean => faker.Random.Bool() ? "1" : "0",
        ValueKind.Text => Fit(MadeUpText.Of(faker, table.Name, Column.Name)),
        ValueKind.Guid => faker.Random.Guid().ToString("D").ToUpperInvariant(),
        ValueKind.Bytes => faker.Random.AlphaNumeric(16),
        ValueKind.Bits => new string([.. Enumerable.Range(0, Column.Length ?? 1).Select(_ => faker.Random.Bool() ? '1' : '0')]),
        ValueKind.Fixed => type.Text!,
        _ => Moment(faker.Random.Int(0, Span)),
    };

    /// <summary>One that no other row has.</summary>
    /// <param name="row">From 0 on.</param>
    public string Unique(long row) => allowed is { } values ? values[(int)row] : type.Kind switch
    {
        ValueKind.Integer => Text(Least < 1 && Greatest - row >= 1 ? row + 1 : Least + row),
        ValueKind.Decimal or ValueKind.Real => Text((long)Math.Max(1, Math.Ceiling(bounds.Least ?? 1)) + row),
        ValueKind.Boolean => Text(row),
        ValueKind.Text => MadeUpText.Unique(Fit(MadeUpText.Of(faker, table.Name, Column.Name)), row, Longest),
        ValueKind.Bytes => MadeUpText.Unique(faker.Random.AlphaNumeric(16), row, null),
        ValueKind.Bits => Convert.ToString(row, 2).PadLeft(Column.Length ?? 1, '0'),
        ValueKind.Date => Text(Beginning.AddDays(row), "yyyy-MM-dd"),
        ValueKind.Time or ValueKind.Interval => Moment((int)row),
        ValueKind.Timestamp or ValueKind.ZonedTimestamp => Moment((int)row),
        _ => Any(),
    };

    private long Least => Math.Max(type.Least, (long)Math.Ceiling(bounds.Least ?? Math.Min(1, bounds.Greatest ?? 1)));

    private long Greatest => Math.Min(type.Greatest, (long)Math.Floor(bounds.Greatest ?? long.MaxValue));

    private int? Longest => new[] { Column.Length, bounds.LongestText }.Min();

    private string Number(decimal share)
    {
        var scale = Column.Scale ?? 2;
        var most = Column.Precision is { } precision ? (decimal)Math.Pow(10, Math.Min(precision - scale, 20)) - 1 : 10_000;
        var (from, to) = (bounds.Least ?? Math.Min(0, bounds.Greatest ?? 0), Math.Min(bounds.Greatest ?? most, most));
        return Math.Round(from + (share * (to - from)), Math.Min(scale, 4), MidpointRounding.ToZero).ToString(CultureInfo.InvariantCulture);
    }

    private string Fit(string text)
    {
        text = text.Length < bounds.ShortestText ? text.PadRight(bounds.ShortestText.Value, 'x') : text;
        return Longest is { } longest && text.Length > longest ? text[..longest] : text;
    }

    private string Moment(int seconds) => type.Kind switch
    {
        ValueKind.Date => Text(Beginning.AddSeconds(seconds), "yyyy-MM-dd"),
        ValueKind.Time => Text(Beginning.AddSeconds(seconds), "HH:mm:ss"),
        ValueKind.Interval => TimeSpan.FromSeconds(seconds % 86_400).ToString("c", CultureInfo.InvariantCulture),
        ValueKind.ZonedTimestamp => Text(Beginning.AddSeconds(seconds), "yyyy-MM-dd HH:mm:ss") + "+00:00",
        _ => Text(Beginning.AddSeconds(seconds), "yyyy-MM-dd HH:mm:ss"),
    };

    private static IReadOnlyList<string>? Narrowed(IReadOnlyList<string>? values, IReadOnlyList<string>? others) =>
        values is null ? others : others is not null && values.Any(others.Contains) ? [.. values.Where(others.Contains)] : values;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
