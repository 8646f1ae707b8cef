using System.Text.RegularExpressions;

namespace EfSafeMigrate.EndToEndTests.Tutorials;

/// <summary>
/// A page that is typed as it stands. <c>```csharp Program.cs</c> is a file; <c>```console</c> holds commands behind a dollar sign, each with what it prints;
/// <c>exits N</c> is about the last command of a block, and of a block marked <c>quiet</c> the output is not shown. <c>```sh yours</c> sets variables to what is the reader's own.
/// </summary>
/// <param name="learning">What is printed is taken as it is, whatever the exit code.</param>
internal sealed partial class TutorialPage(bool learning)
{
    private const string Fence = "```";
    private const string Prompt = "$ ";

    private readonly List<string> lines = [];

    public async Task<string> TypeAsync(string page, TutorialMachine machine)
    {
        var text = page.ReplaceLineEndings("\n").Split('\n');
        for (var at = 0; at < text.Length; at++)
        {
            lines.Add(text[at]);
            if (!text[at].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }
            var words = text[at][Fence.Length..].Split(' ');
            var body = text[(at + 1)..Array.IndexOf(text, Fence, at + 1)];
            if (words[0] == "console")
            {
                await CommandsAsync(body, words, machine);
            }
            else if (words is ["sh", "yours"])
            {
                lines.AddRange(body);
                Variable().Matches(string.Join('\n', body)).Select(found => found.Value).ShouldAllBe(name => machine.HasOwn(name));
            }
            else
            {
                lines.AddRange(body);
                if (words.Length > 1)
                {
                    await machine.WriteAsync(words[1], string.Join('\n', body) + "\n");
                }
            }
            lines.Add(Fence);
            at += body.Length + 1;
        }
        return string.Join('\n', lines);
    }

    private async Task CommandsAsync(string[] body, string[] words, TutorialMachine machine)
    {
        var commands = body.Where(line => line.StartsWith(Prompt, StringComparison.Ordinal)).Select(line => line[Prompt.Length..]).ToArray();
        var expected = words is [.., "exits", var code] ? int.Parse(code, System.Globalization.CultureInfo.InvariantCulture) : 0;
        foreach (var (command, last) in commands.Select((command, index) => (command, index == commands.Length - 1)))
        {
            var (ended, output) = await machine.TypeAsync(command);
            if (!learning)
            {
                ended.ShouldBe(last ? expected : 0, $"$ {command}\n{output}");
            }
            lines.Add(Prompt + command);
            if (!words.Contains("quiet"))
            {
                lines.AddRange(TutorialText.Shown(output, machine));
            }
        }
    }

    /// <summary>What a page says, whatever its lines are broken at.</summary>
    public static string[] Words(string page) => page.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\b[A-Z]+(?==)")]
    private static partial Regex Variable();
}
