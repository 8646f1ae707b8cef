using System.Globalization;

namespace EfSafeMigrate.Projects.Source;

/// <summary>The part of .NET that migrations use to put texts together.</summary>
internal static class Library
{
    /// <summary>Stands for the folder the application runs in, which holds copies of the project's files.</summary>
    public const string Base = "\u0001";

    private static readonly char[] Separators = ['/', '\\'];

    /// <summary>Null for what is not known.</summary>
    public static object? Member(string type, string name) => (type, name) switch
    {
        ("string" or "String", "Empty") => "",
        ("Environment", "NewLine") => "\n",
        ("AppContext" or "CurrentDomain", "BaseDirectory") => Base + "/",
        ("Environment", "CurrentDirectory") => Base,
        ("Assembly", "Location") => $"{Base}/app.dll",
        ("Path", "DirectorySeparatorChar") => '/',
        ("Guid", "Empty") => Guid.Empty,
        ("DateTime", "MinValue") => DateTime.MinValue,
        ("DateTime", "MaxValue") => DateTime.MaxValue,
        ("DateTime", "UnixEpoch") => DateTime.UnixEpoch,
        ("DateTime" or "DateTimeOffset", "Now" or "UtcNow" or "Today") => Unread.Computed,
        ("DateTimeOffset", "MinValue") => DateTimeOffset.MinValue,
        ("TimeSpan", "Zero") => TimeSpan.Zero,
        ("int" or "Int32", "MaxValue") => int.MaxValue,
        ("int" or "Int32", "MinValue") => int.MinValue,
        ("long" or "Int64", "MaxValue") => long.MaxValue,
        _ => null,
    };

    /// <summary>A static method; null where it is not known.</summary>
    public static object? Static(string type, string name, object?[] arguments) => (type, name, arguments) switch
    {
        ("Path", "Combine" or "Join", _) when arguments.All(each => each is string) => Combine([.. arguments.Cast<string>()]),
        ("Path", "GetDirectoryName", [string path]) => path.LastIndexOfAny(Separators) is >= 0 and var at ? path[..at] : "",
        ("Path", "GetFullPath", [string path]) => path,
        ("Path", "GetFileName", [string path]) => path[(path.LastIndexOfAny(Separators) + 1)..],
        ("Directory", "GetCurrentDirectory", []) => Base,
        ("Assembly", "GetExecutingAssembly" or "GetEntryAssembly" or "GetCallingAssembly" or "GetAssembly", _) => new MemberName("Assembly", "Assembly"),
        ("Guid", "Parse", [string text]) => Guid.TryParse(text, out var guid) ? guid : Unread.Computed,
        ("DateTime", "SpecifyKind", [DateTime time, ..]) => time,
        ("DateTime", "Parse", [string text, ..]) => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? time : Unread.Computed,
        ("string" or "String", "Concat", _) => Joined("", arguments is [Items all] ? all.Values : arguments),
        ("string" or "String", "Join", [var between, Items all]) => Arithmetic.Text(between) is { } separator ? Joined(separator, all.Values) : null,
        ("string" or "String", "Join", [var between, .. var rest]) => Arithmetic.Text(between) is { } separator ? Joined(separator, rest) : null,
        ("string" or "String", "Format", [string format, .. var rest]) => Formatted(format, rest),
        ("string" or "String", "Format", [MemberName, string format, .. var rest]) => Formatted(format, rest),
        ("string" or "String", "IsNullOrEmpty", [string or null]) => string.IsNullOrEmpty(arguments[0] as string),
        ("string" or "String", "IsNullOrWhiteSpace", [string or null]) => string.IsNullOrWhiteSpace(arguments[0] as string),
        ("TimeSpan", "FromSeconds", [int seconds]) => TimeSpan.FromSeconds(seconds),
        ("TimeSpan", "FromMinutes", [int minutes]) => TimeSpan.FromMinutes(minutes),
        ("TimeSpan", "FromHours", [int hours]) => TimeSpan.FromHours(hours),
        ("Array", "Empty", []) => new Items([]),
        ("Enumerable", "Range", [int from, int and >= 0 and <= 10_000 and var count]) => new Items([.. Enumerable.Range(from, count).Cast<object?>()]),
        _ => null,
    };

    /// <summary>A method of a value; null where it is not known.</summary>
    public static object? Method(object value, string name, object?[] arguments) => (value, name, arguments) switch
    {
        (string text, "Replace", [string from and not "", string to, .. var how]) when Comparison(how) is { } comparison => text.Replace(from, to, comparison),
        (string text, "Replace", [char from, char to]) => text.Replace(from, to),
        (string text, "ReplaceLineEndings", []) => text.ReplaceLineEndings("\n"),
        (string text, "Trim", []) => text.Trim(),
        (string text, "TrimEnd", []) => text.TrimEnd(),
        (string text, "TrimStart", []) => text.TrimStart(),
        (string text, "ToLower" or "ToLowerInvariant", []) => text.ToLowerInvariant(),
        (string text, "ToUpper" or "ToUpperInvariant", []) => text.ToUpperInvariant(),
        (string text, "ToString", _) => text,
        (string text, "Contains", [string part, .. var how]) when Comparison(how) is { } comparison => text.Contains(part, comparison),
        (string text, "StartsWith", [string part, .. var how]) when Comparison(how) is { } comparison => text.StartsWith(part, comparison),
        (string text, "EndsWith", [string part, .. var how]) when Comparison(how) is { } comparison => text.EndsWith(part, comparison),
        (string text, "Equals", [string other, .. var how]) when Comparison(how) is { } comparison => text.Equals(other, comparison),
        (_, "Equals", [var other]) when value is not string => Arithmetic.Binary(Microsoft.CodeAnalysis.CSharp.SyntaxKind.EqualsExpression, value, other),
        (string text, "Substring", [int from]) when from >= 0 && from <= text.Length => text[from..],
        (string text, "Substring", [int from, int length]) when from >= 0 && length >= 0 && from + length <= text.Length => text.Substring(from, length),
        (string text, "Split", [string separator and not "", ..]) when arguments.Length == 1 => new Items([.. text.Split(separator).Cast<object?>()]),
        (string text, "Split", [char separator]) => new Items([.. text.Split(separator).Cast<object?>()]),
        (Items items, "ToList" or "ToArray" or "AsEnumerable" or "AsReadOnly", []) => items,
        (Items items, "Concat" or "Union", [Items more]) => new Items([.. items.Values, .. more.Values]),
        (Items items, "Append", [var more]) => new Items([.. items.Values, more]),
        (Items items, "First" or "Single", []) when items.Values.Count > 0 => items.Values[0],
        (OpenText text, "ReadToEnd" or "ReadToEndAsync", _) => text.Text,
        (OpenText, "Dispose" or "Close", _) => "",
        (MemberName or bool or char or IFormattable, "ToString", _) => Arithmetic.Text(value, arguments is [string format] ? format : null),
        (TypeName or MemberName, "GetTypeInfo" or "GetType", _) => value,
        _ => null,
    };

    /// <summary>Objects that a text or a number makes; null where the type is not known.</summary>
    public static object? New(string type, object?[] arguments)
    {
        try
        {
            return (type, arguments) switch
            {
                ("Guid", [string text]) => Guid.TryParse(text, out var guid) ? guid : null,
                ("Guid", []) => Guid.Empty,
                ("DateTime", [int year, int month, int day]) => new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified),
                ("DateTime", [int year, int month, int day, int hour, int minute, int second, .. var rest]) => Moment(year, month, day, hour, minute, second, rest),
                ("DateTime", [long ticks, .. var rest]) => new DateTime(ticks, KindOf(rest)),
                ("DateTimeOffset", [DateTime time, TimeSpan offset]) => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), offset),
                ("DateOnly", [int year, int month, int day]) => new DateOnly(year, month, day),
                ("TimeOnly", [int hour, int minute]) => new TimeOnly(hour, minute),
                ("TimeOnly", [int hour, int minute, int second]) => new TimeOnly(hour, minute, second),
                ("TimeSpan", [int hour, int minute, int second]) => new TimeSpan(hour, minute, second),
                ("TimeSpan", [int day, int hour, int minute, int second]) => new TimeSpan(day, hour, minute, second),
                ("TimeSpan", [int day, int hour, int minute, int second, int millisecond]) => new TimeSpan(day, hour, minute, second, millisecond),
                ("StreamReader", [OpenText text, ..]) => text,
                ("StringBuilder", [string text]) => text,
                _ => null,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Null for a way of comparing that is not known.</summary>
    private static StringComparison? Comparison(object?[] how) => how switch
    {
        [] => StringComparison.Ordinal,
        [MemberName { Type: "StringComparison", Name: var name }] => name.EndsWith("IgnoreCase", StringComparison.Ordinal) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal,
        _ => null,
    };

    private static DateTime Moment(int year, int month, int day, int hour, int minute, int second, object?[] rest) =>
        new DateTime(year, month, day, hour, minute, second, rest is [int and >= 0 and < 1000 and var milliseconds, ..] ? milliseconds : 0, KindOf(rest));

    private static DateTimeKind KindOf(object?[] rest) =>
        rest.OfType<MemberName>().FirstOrDefault()?.Name switch { "Utc" => DateTimeKind.Utc, "Local" => DateTimeKind.Local, _ => DateTimeKind.Unspecified };

    private static string Combine(string[] parts)
    {
        var path = "";
        foreach (var part in parts.Where(part => part.Length > 0))
        {
            path = part.StartsWith('/') || part.StartsWith(Base, StringComparison.Ordinal) || path.Length == 0 ? part : $"{path.TrimEnd('/')}/{part}";
        }
        return path;
    }

    private static object? Joined(string between, IReadOnlyList<object?> values)
    {
        var texts = values.Select(value => Arithmetic.Text(value)).ToArray();
        return texts.All(text => text is not null) ? string.Join(between, texts) : null;
    }

    private static object? Formatted(string format, object?[] arguments)
    {
        var values = (arguments is [Items all] ? [.. all.Values] : arguments).Select(value => Arithmetic.Text(value)).ToArray<object?>();
        try
        {
            return values.All(value => value is not null) ? string.Format(CultureInfo.InvariantCulture, format, values) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
