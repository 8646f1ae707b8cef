using System.Security.Cryptography;
using System.Text;

namespace EfSafeMigrate.Updates;

/// <summary>SHA-256 over parts that cannot run into each other.</summary>
internal static class Digest
{
    private const int SpokenDigits = 16;

#pragma warning disable CA1308 // Hexadecimal digits, not text.
    public static string Of(params IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes((long)bytes.Length));
            hash.AppendData(bytes);
        }
        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }
#pragma warning restore CA1308

    /// <summary>The first sixteen digits in groups, for people: <c>7f3a-91c2-0b1e-55d0</c>.</summary>
    public static string Spoken(string digest) => string.Join('-', digest[..SpokenDigits].Chunk(4).Select(group => new string(group)));

    /// <summary>What a person typed names the digest: all of it or its spoken form.</summary>
    public static bool Names(string typed, string digest) => Digits(typed).Length >= SpokenDigits && Begins(typed, digest);

    /// <summary>Why what was typed does not name the plan.</summary>
    public static string Misnamed(string typed, string digest) => Begins(typed, digest)
        ? $"`{typed}` is only the beginning of the plan's hash, which is {Spoken(digest)}."
        : $"`{typed}` is not the hash of the plan as it is now, which is {Spoken(digest)}.";

    private static bool Begins(string typed, string digest) => Digits(typed) is { Length: > 0 } digits && digest.StartsWith(digits, StringComparison.OrdinalIgnoreCase);

    private static string Digits(string typed) => typed.Trim().Replace("-", "", StringComparison.Ordinal);
}
