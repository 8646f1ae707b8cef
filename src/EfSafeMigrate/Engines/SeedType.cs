namespace EfSafeMigrate.Engines;

/// <summary>What kind of values a column's type takes, whatever the engine calls it.</summary>
internal enum ValueKind { Integer, Decimal, Real, Boolean, Text, Guid, Date, Time, Timestamp, ZonedTimestamp, Interval, Bytes, Bits, Fixed }

internal sealed record SeedType(ValueKind Kind)
{
    /// <summary>Of whole numbers.</summary>
    public long Least { get; init; } = int.MinValue;

    public long Greatest { get; init; } = int.MaxValue;

    /// <summary>The one value that is made of a type that has no other worth making.</summary>
    public string? Text { get; init; }
}
