using System.Globalization;

namespace Phases;

/// <summary>A value under the name it has in the journal, and the property by which a release knows it.</summary>
/// <param name="Property">Two properties with a plus between hold a name: up to its first space, and what is behind.</param>
/// <param name="Kind">text, optional, number, region, unique or name.</param>
/// <param name="Missing">What this release reads where the other has written NULL.</param>
public sealed record Shape(string Property, string Name, string Kind, string? Missing)
{
    /// <param name="text">Property=Name:kind, and behind another colon what stands for NULL.</param>
    public static Shape Parse(string text)
    {
        var (property, rest) = (text.Split('=')[0], text.Split('=')[1].Split(':'));
        return new(property, rest[0], rest[1], rest.Length > 2 ? rest[2] : null);
    }

    private static readonly string[] Words = ["Ann", "bob", "Bob", "O'Hara", "d\"Arc", "back\\slash", "é", "e\u0301", "名前", "🐘", "\u00a0", "\t", "%", "{0}", "x\ny", "--"];

    public string Cast => Kind is "number" or "region" ? "::integer" : "";

    public object? Next(Random random, string text) => Kind switch
    {
        "number" => random.Next(1000),
        "region" => random.Next(5) == 0 ? null : random.Next(1, 100),
        "optional" => random.Next(3) == 0 ? null : Short(text),
        "name" => Odd(random),
        "unique" => $"{Short(text)} {random.Next()}",
        _ => Short(text),
    };

    public string? Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : value as string;

    private static string Odd(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(3) == 0 ? new string(' ', random.Next(1, 3)) : Words[random.Next(Words.Length)]));

    private static string Short(string text) => text.Length <= 20 ? text : text[..20];
}
