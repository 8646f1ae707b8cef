namespace EfSafeMigrate.Facts;

internal enum FactBasis { Unknown, Assumed, Measured }

/// <summary>A value with how it is known. Unknown counts as large.</summary>
internal readonly record struct Measured<T>(T? Value, FactBasis Basis) where T : struct
{
    public static readonly Measured<T> Unknown;

    public bool Known => Basis != FactBasis.Unknown;
}

internal static class Measured
{
    public static Measured<T> Of<T>(T value) where T : struct => new(value, FactBasis.Measured);

    public static Measured<T> Assume<T>(T value) where T : struct => new(value, FactBasis.Assumed);
}
