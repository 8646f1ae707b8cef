using System.Text.RegularExpressions;
using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Documents;

/// <summary>Blocks of a Markdown page, as linters want them: lines that end, tables whose rows have one width, fences with a language.</summary>
internal static partial class Page
{
    /// <summary>Behind it a line of prose is broken.</summary>
    private const int Width = 110;

    /// <param name="markdown">With its names escaped.</param>
    public static string Text(string markdown) => string.Join('\n', Wrap(markdown, 0));

    public static string List(IEnumerable<string> items) => string.Join('\n', items.Select(item => $"- {string.Join('\n', Wrap(item, 2)).TrimStart()}"));

    /// <summary>What somebody ticks off.</summary>
    public static string Tasks(IEnumerable<string> items) => List(items.Select(item => $"[ ] {item}"));

    /// <returns>Nothing where there is no row.</returns>
    public static string Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        string[] lines = [.. rows.Select(Row)];
        return lines.Length == 0 ? "" : string.Join('\n', [Row(head), $"|{string.Concat(Enumerable.Repeat(" --- |", head.Count))}", .. lines]);
    }

    public static string Shell(string commands) => Fenced("sh", commands);

    public static string Fenced(string language, string text) => Markdown.Block(text, language).TrimEnd('\n');

    public static string Heading(int level, string markdown) => $"{new string('#', level)} {markdown}";

    /// <summary>Blocks with an empty line between them; what is empty is left out.</summary>
    public static string Join(params IEnumerable<string> blocks) => string.Join("\n\n", blocks.Where(block => block.Length > 0));

    /// <summary>Markdown items as <c>a, b and c</c>, or the first ones and how many more.</summary>
    public static string Some(IReadOnlyList<string> items, int shown = 5) => Rules.Say.Some(items, shown);

    public static string Fill(string template, IReadOnlyDictionary<string, string> values) =>
        Gaps().Replace(Templates.Fill(template, values), "\n\n").TrimEnd('\n') + "\n";

    private static string Row(IReadOnlyList<string> cells) => $"|{string.Concat(cells.Select(cell => cell.Length == 0 ? "  |" : $" {cell} |"))}";

    /// <summary>No line begins with what would make a list, a heading or a quotation of it.</summary>
    private static IEnumerable<string> Wrap(string text, int indent)
    {
        var (line, empty) = (new string(' ', indent), true);
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!empty && line.Length + 1 + word.Length > Width && !Beginning().IsMatch(word))
            {
                yield return line;
                (line, empty) = (new string(' ', indent), true);
            }
            line += empty ? word : $" {word}";
            empty = false;
        }
        yield return line;
    }

    [GeneratedRegex(@"^(?:[-+*]|\d+[.)]|#+|=+|-+|[>|].*|~{3,}.*|`{3,}.*)$")]
    private static partial Regex Beginning();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex Gaps();
}
