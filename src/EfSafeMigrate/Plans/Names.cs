using System.Security.Cryptography;
using System.Text;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Plans;

/// <summary>Names of the objects a plan adds: readable, the same in every run, and never longer than the engine allows.</summary>
internal static class Names
{
    private const int HashLength = 8;

    /// <param name="limit">Longest name in UTF-8 bytes.</param>
    public static string Of(int limit, string kind, params IEnumerable<string> parts)
    {
        var whole = parts.Prepend(kind).ToList();
        // The parts are told apart by a character that no identifier holds, so that (a_b, c) and (a, b_c) differ.
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', whole))))[..HashLength].ToLowerInvariant();
        return $"{Cut(string.Join('_', whole), limit - HashLength - 1)}_{hash}";
    }

    /// <summary>It was made for the two releases, and holds nothing of anybody's.</summary>
    public static bool IsOwn(string name) => name.TrimStart('~').StartsWith("safe_migrate_", StringComparison.Ordinal);

    /// <summary>The leading <c>~</c> sorts behind every letter, and triggers fire in the order of their names.</summary>
    public static ObjectNames Trigger(int limit, string kind, params IReadOnlyList<string> parts) =>
        new($"~{Of(limit - 1, kind, parts)}", Of(limit, kind, parts), Of(limit, $"{kind}_count", parts), Of(limit, $"{kind}_writes", parts));

    private static string Cut(string text, int bytes)
    {
        var left = new StringBuilder();
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            used += rune.Utf8SequenceLength;
            if (used > bytes)
            {
                break;
            }
            left.Append(rune);
        }
        return left.ToString();
    }
}
