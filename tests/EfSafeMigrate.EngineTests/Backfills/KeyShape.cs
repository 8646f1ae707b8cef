using System.Globalization;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>A kind of key, and values of it.</summary>
/// <param name="Kinds">Of its columns.</param>
internal sealed record KeyShape(string Name, params IReadOnlyList<string> Kinds)
{
    public static readonly IReadOnlyList<KeyShape> All =
    [
        new("number", "long"),
        new("several columns", "int", "text"),
        new("text", "text"),
        new("text in another order", "folded"),
        new("guid", "guid"),
        new("time", "time"),
        new("decimal", "decimal"),
        new("four columns", "text", "time", "decimal", "int"),
    ];

    private static readonly string[] Awkward =
        ["", " ", "a", "A", "a ", "á", "ä", "Ä", "ß", "ss", "'", "''", "\"", "`", "\\", "\\'", "%", "_", "@p0", "日本", "🦊", "\n", "[\"x\"]", "NULL", "0", "-1", "--", ");"];

    public static KeyShape Of(string name) => All.Single(shape => shape.Name == name);

    public IReadOnlyList<string> Values(Random random) => [.. Kinds.Select(kind => Value(kind, random, Kinds.Count))];

    private static string Value(string kind, Random random, int columns) => kind switch
    {
        // Beyond 2^53 neighbours are the same number to a double.
        "long" => (random.Next(3) == 0 ? 9007199254740992 + random.Next(5000) : random.NextInt64(-1_000_000, 1_000_000)).ToString(CultureInfo.InvariantCulture),
        "int" => random.Next(-20, 20).ToString(CultureInfo.InvariantCulture),
        "text" or "folded" => random.Next(4) == 0 ? Awkward[random.Next(Awkward.Length)] : $"{Awkward[random.Next(Awkward.Length)]}{random.Next(columns > 1 ? 20 : 2000)}{Awkward[random.Next(Awkward.Length)]}",
        "guid" => Bytes(random),
        "time" => $"2024-0{random.Next(1, 9)}-1{random.Next(10)} {random.Next(10, 24)}:{random.Next(10, 60)}:{random.Next(10, 60)}.{random.Next(1_000_000):D6}",
        _ => $"{random.NextInt64(-1_000_000_000_000, 1_000_000_000_000)}.{random.Next(100_000):D5}",
    };

    private static string Bytes(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
