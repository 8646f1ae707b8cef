using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace EfSafeMigrate.Agent.Proofs;

/// <summary>
/// Values by type, length and precision: as wide as the column may hold, so that a column that became narrower refuses them, and none twice.
/// What is written first is large, what comes after is small.
/// </summary>
internal sealed class MadeUp
{
    /// <summary>Of a text without a limit; an index over it still takes it.</summary>
    private const int Longest = 1000;

    private static readonly DateTime Epoch = new(2031, 2, 3, 4, 5, 6);

#pragma warning disable CA5394 // Only to differ from the rows that are there.
    private readonly int start = Random.Shared.Next(1_000_000);
#pragma warning restore CA5394
    private int made;

    /// <param name="others">The same column where it has other types: the value has a place in each.</param>
    /// <returns>Null when nothing is known of the type.</returns>
    public object? Value(IReadOnlyProperty property, bool small, IReadOnlyList<IReadOnlyProperty> others)
    {
        if (others.Count == 0)
        {
            return Value(property, small);
        }
        IReadOnlyList<IReadOnlyProperty> all = [property, .. others];
        var narrowest = all.MinBy(Width)!;
        if (all.All(each => Type(each) == typeof(decimal)))
        {
            made++;
            var (scale, digits) = (all.Min(Places), all.Min(each => Digits(each) - Places(each)));
            return (small ? -1 : 1) * Decimal(digits + scale, scale);
        }
        return Filling.Converted(Value(narrowest, small), property);
    }

    private static Type Type(IReadOnlyProperty property) => Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;

    private static int Places(IReadOnlyProperty property) => property.GetScale() ?? property.FindRelationalTypeMapping()?.Scale ?? 4;

    private static int Digits(IReadOnlyProperty property) => property.GetPrecision() ?? property.FindRelationalTypeMapping()?.Precision ?? 20;

    /// <summary>Orders types of one family by what they hold.</summary>
    private static int Width(IReadOnlyProperty property) =>
        Type(property) == typeof(string) ? property.GetMaxLength() ?? property.FindRelationalTypeMapping()?.Size ?? int.MaxValue
        : property.FindRelationalTypeMapping()?.StoreType switch { "smallint" => 2, "integer" or "int" => 4, _ => 8 };

    /// <returns>Null when nothing is known of the type.</returns>
    public object? Value(IReadOnlyProperty property, bool small)
    {
        made++;
        var mapping = property.FindRelationalTypeMapping();
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        return type.IsEnum ? Enum.GetValues(type).Cast<object>().ElementAtOrDefault(small ? 0 : ^1)
            : Scalar(type, property, mapping, small) ?? Several(type, property, small) ?? Empty(type);
    }

    private object? Scalar(Type type, IReadOnlyProperty property, RelationalTypeMapping? mapping, bool small)
    {
        var store = mapping?.StoreType ?? "";
        var (sign, n) = (small ? -1 : 1, made);
        return type switch
        {
            _ when type == typeof(string) => Text(property.GetMaxLength() ?? mapping?.Size, store),
            _ when type == typeof(bool) => !small,
            _ when type == typeof(byte) => (byte)(small ? n % 100 : 255 - (n % 100)),
            _ when type == typeof(sbyte) => (sbyte)(sign * (127 - (n % 100))),
            _ when type == typeof(short) || Starts(store, "smallint", "int2") => Convert.ChangeType(sign * (32_000 - (n + start) % 10_000), type, CultureInfo.InvariantCulture),
            _ when type == typeof(ushort) => (ushort)(small ? n : 65_000 - n),
            _ when type == typeof(int) => sign * (2_000_000_000 - start * 100 - n),
            _ when type == typeof(uint) => small ? (uint)n : 4_000_000_000 - (uint)(start * 100) - (uint)n,
            _ when type == typeof(long) => sign * (9_000_000_000_000_000_000 - start * 100L - n),
            _ when type == typeof(ulong) => small ? (ulong)n : 9_000_000_000_000_000_000 - (ulong)n,
            _ when type == typeof(decimal) => sign * Decimal(property.GetPrecision() ?? mapping?.Precision, property.GetScale() ?? mapping?.Scale),
            _ when type == typeof(double) => sign * (1_000_000_000.5 + n),
            _ when type == typeof(float) => sign * (10_000.5f + n),
            _ when type == typeof(char) => (char)('A' + n % 26),
            _ when type == typeof(Guid) => Guid.NewGuid(),
            _ when type == typeof(DateTime) => Time(store, n),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(Epoch.AddSeconds(n), TimeSpan.Zero),
            _ when type == typeof(DateOnly) => DateOnly.FromDateTime(Epoch).AddDays(n),
            _ when type == typeof(TimeOnly) => new TimeOnly(1, 2, 3).Add(TimeSpan.FromSeconds(n)),
            _ when type == typeof(TimeSpan) => TimeSpan.FromHours(1) + TimeSpan.FromSeconds(n),
            _ when type == typeof(byte[]) => Bytes(property.GetMaxLength() ?? mapping?.Size),
            _ when type == typeof(System.Net.IPAddress) => System.Net.IPAddress.Loopback,
            _ when type == typeof(JsonDocument) => JsonDocument.Parse(Document()),
            _ => null,
        };
    }

    private string? Text(int? limit, string store) =>
        Starts(store, "json") ? Document()
        : Starts(store, "xml") ? $"<a>{Mark()}</a>"
        : Starts(store, "uuid", "uniqueidentifier") ? Guid.NewGuid().ToString()
        : limit is { } length and >= 0 && length < Longest ? Cut(length)
        : Cut(Longest);

    private string Mark() => string.Create(CultureInfo.InvariantCulture, $"{made}-{start}");

    private string Document() => string.Create(CultureInfo.InvariantCulture, $$"""{"made": {{made}}, "start": {{start}}}""");

    /// <summary>What tells it from others stands first, and in what is too short for it the number alone.</summary>
    private string Cut(int length)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefghijklmnopqrstuvwxyz";
        if (Mark() is { } mark && mark.Length <= length)
        {
            return mark.PadRight(length, 'x');
        }
        var rest = made + start;
        return string.Concat(Enumerable.Range(0, length).Select(at => Letters[(rest / (int)Math.Pow(Letters.Length, Math.Min(at, 4))) % Letters.Length]));
    }

    private decimal Decimal(int? precision, int? scale)
    {
        var places = Math.Min(scale ?? (precision is null ? 4 : 0), 8);
        var digits = Math.Clamp((precision ?? 16) - (scale ?? (precision is null ? 4 : 0)), 0, 20);
        var whole = Power(digits) - 1 - (digits > 3 ? made % 1000 : 0);
        return whole + (places == 0 ? 0 : (made * 7 % (int)Math.Min(Power(places), 1000)) / Power(Math.Min(places, 3)));
    }

    private static decimal Power(int digits) => Enumerable.Repeat(10m, digits).Aggregate(1m, (product, ten) => product * ten);

    private static DateTime Time(string store, int n)
    {
        var time = Epoch.AddDays(n);
        return store.Contains("with time zone", StringComparison.OrdinalIgnoreCase) || Starts(store, "timestamptz") ? DateTime.SpecifyKind(time, DateTimeKind.Utc)
            : store.Equals("date", StringComparison.OrdinalIgnoreCase) ? time.Date : time;
    }

    private static byte[] Bytes(int? limit)
    {
        var bytes = Guid.NewGuid().ToByteArray();
        return limit is { } length and >= 0 && length < bytes.Length ? bytes[..length] : bytes;
    }

    /// <summary>A list or an array of values that are known.</summary>
    private object? Several(Type type, IReadOnlyProperty property, bool small)
    {
        var item = type.IsArray ? type.GetElementType() : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? type.GetGenericArguments()[0] : null;
        if (item is null || Scalar(Nullable.GetUnderlyingType(item) ?? item, property, mapping: null, small) is not { } value)
        {
            return null;
        }
        var array = Array.CreateInstance(item, 1);
        array.SetValue(value, 0);
        return type.IsArray ? array : Activator.CreateInstance(type, array);
    }

    /// <summary>A range of the provider's own says which one is empty.</summary>
    private static object? Empty(Type type) => type.IsValueType && type.GetField("Empty", System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static) is { } field && field.FieldType == type ? field.GetValue(null) : null;

    private static bool Starts(string store, params string[] names) => names.Any(name => store.StartsWith(name, StringComparison.OrdinalIgnoreCase));
}
