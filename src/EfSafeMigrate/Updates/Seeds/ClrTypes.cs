using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Updates.Seeds;

/// <summary>What the application reads a column as, where the column's own type could hold more.</summary>
internal static class ClrTypes
{
    /// <param name="name">The full name of the type; null when the application does not know the column.</param>
    public static SeedType? Of(string? name, SeedType? stored) => name switch
    {
        "System.Boolean" => new(ValueKind.Boolean),
        "System.Byte" => new(ValueKind.Integer) { Least = byte.MinValue, Greatest = byte.MaxValue },
        "System.SByte" => new(ValueKind.Integer) { Least = sbyte.MinValue, Greatest = sbyte.MaxValue },
        "System.Int16" => new(ValueKind.Integer) { Least = short.MinValue, Greatest = short.MaxValue },
        "System.UInt16" => new(ValueKind.Integer) { Least = 0, Greatest = ushort.MaxValue },
        "System.Int32" => new(ValueKind.Integer),
        "System.UInt32" => new(ValueKind.Integer) { Least = 0 },
        "System.Int64" or "System.UInt64" => stored?.Kind == ValueKind.Integer ? stored : new(ValueKind.Integer),
        "System.Decimal" => new(ValueKind.Decimal),
        "System.Single" or "System.Double" => new(ValueKind.Real),
        "System.Guid" => stored?.Kind == ValueKind.Bytes ? stored : new(ValueKind.Guid),
        "System.DateTime" => new(ValueKind.Timestamp),
        "System.DateTimeOffset" => new(ValueKind.ZonedTimestamp),
        "System.DateOnly" => new(ValueKind.Date),
        "System.TimeOnly" => new(ValueKind.Time),
        "System.TimeSpan" => new(ValueKind.Interval),
        _ => stored,
    };
}
