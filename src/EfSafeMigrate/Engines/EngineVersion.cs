using System.Globalization;

namespace EfSafeMigrate.Engines;

internal readonly record struct EngineVersion(int Major, int Minor = 0, int Patch = 0) : IComparable<EngineVersion>
{
    public static bool TryParse(string? text, out EngineVersion version)
    {
        var parts = new string((text ?? "").TakeWhile(c => char.IsDigit(c) || c == '.').ToArray())
            .Split('.', StringSplitOptions.RemoveEmptyEntries);
        var numbers = parts.Select(part => int.TryParse(part, CultureInfo.InvariantCulture, out var n) ? n : -1).ToArray();
        var valid = numbers.Length > 0 && !numbers.Contains(-1);
        version = valid ? new(numbers[0], numbers.ElementAtOrDefault(1), numbers.ElementAtOrDefault(2)) : default;
        return valid;
    }

    public bool IsAtLeast(int major, int minor = 0, int patch = 0) => CompareTo(new(major, minor, patch)) >= 0;

    public int CompareTo(EngineVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    public override string ToString() => Patch > 0 ? $"{Major}.{Minor}.{Patch}" : Minor > 0 ? $"{Major}.{Minor}" : $"{Major}";

    public static bool operator <(EngineVersion left, EngineVersion right) => left.CompareTo(right) < 0;
    public static bool operator >(EngineVersion left, EngineVersion right) => left.CompareTo(right) > 0;
    public static bool operator <=(EngineVersion left, EngineVersion right) => left.CompareTo(right) <= 0;
    public static bool operator >=(EngineVersion left, EngineVersion right) => left.CompareTo(right) >= 0;
}
