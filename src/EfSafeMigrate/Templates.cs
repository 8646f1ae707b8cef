using System.Text.RegularExpressions;

namespace EfSafeMigrate;

/// <summary>The texts of <c>templates/</c>, which land in other people's repositories.</summary>
internal static partial class Templates
{
    /// <param name="values">What stands for each <c>{{name}}</c>; a name that nobody gives is a defect.</param>
    public static string Fill(string name, IReadOnlyDictionary<string, string> values) =>
        Place().Replace(Read(name), place => values.TryGetValue(place.Groups["name"].Value, out var value)
            ? value : throw new InvalidOperationException($"templates/{name} wants {place.Value}."));

    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Templates).Assembly.GetManifestResourceStream($"templates/{name}") ?? throw new InvalidOperationException($"There is no templates/{name}."));
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    // GitHub's own expressions are ${{ … }}.
    [GeneratedRegex(@"(?<!\$)\{\{(?<name>[a-z-]+)\}\}")]
    private static partial Regex Place();
}
