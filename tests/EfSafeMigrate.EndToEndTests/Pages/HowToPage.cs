using System.Text.RegularExpressions;

namespace EfSafeMigrate.EndToEndTests.Pages;

/// <summary>The commands that a page shows, each to be typed once; a command that is added to the page and typed by nobody fails its test.</summary>
internal sealed partial class HowToPage
{
    private readonly string name;
    private readonly string text;
    private readonly List<string> left;

    public HowToPage(string name)
    {
        (this.name, text) = (name, Read(name));
        left = [.. Commands(text)];
    }

    public static string Read(string name) => File.ReadAllText(Path.Combine(InstalledTool.Repository, "docs", name)).ReplaceLineEndings("\n");

    /// <summary>A line each of the plain blocks, a script each of those of the shell.</summary>
    public static IEnumerable<string> Commands(string text) => Block().Matches(text).SelectMany(block => block.Groups["kind"].Value == "sh"
        ? [block.Groups["body"].Value]
        : Continued().Replace(block.Groups["body"].Value, " ").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => Called().IsMatch(line)));

    /// <summary>The first that begins so, as somebody types it who has another name for a thing.</summary>
    public string Take(string begins, params (string Shown, string Own)[] names)
    {
        var command = left.FirstOrDefault(each => each.StartsWith(begins, StringComparison.Ordinal));
        command.ShouldNotBeNull($"docs/{name} has no command that begins with {begins}");
        left.Remove(command);
        foreach (var (shown, own) in names)
        {
            command.ShouldContain(shown);
            command = command.Replace(shown, own, StringComparison.Ordinal);
        }
        return command;
    }

    /// <summary>One that stands in a sentence.</summary>
    public string Inline(string command)
    {
        text.ShouldContain($"`{command}`", customMessage: $"docs/{name}");
        return command;
    }

    /// <summary>The text of a block of another language, as many as there are.</summary>
    public IReadOnlyList<string> Blocks(string language) => [.. Other().Matches(text).Where(block => block.Groups["kind"].Value == language).Select(block => block.Groups["body"].Value)];

    public void ShouldBeTyped() => left.ShouldBeEmpty($"docs/{name}");

    [GeneratedRegex("^```(?<kind>|sh|text)\n(?<body>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("^```(?<kind>[a-z]+)\n(?<body>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Other();

    [GeneratedRegex(@"\s*\\\n\s*")]
    private static partial Regex Continued();

    [GeneratedRegex("^(dotnet|docker) ")]
    private static partial Regex Called();
}
