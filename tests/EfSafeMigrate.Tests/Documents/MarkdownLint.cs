using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace EfSafeMigrate.Tests.Documents;

/// <summary>What linters of Markdown object to.</summary>
internal static partial class MarkdownLint
{
    private const int Longest = 120;

    private static readonly MarkdownPipeline GitHub = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().UseAutoLinks().UseTaskLists().Build();

    /// <returns>An objection each, with its line; nothing where the page is well.</returns>
    public static IReadOnlyList<string> Objections(string page) => [.. Ends(page), .. Lines(page), .. Structure(page)];

    private static IEnumerable<string> Ends(string page) =>
        !page.EndsWith('\n') || page.EndsWith("\n\n", StringComparison.Ordinal) ? ["the page does not end with one line feed"]
        : page.Contains("\n\n\n", StringComparison.Ordinal) ? ["there are several empty lines together"]
        : page.Contains('\r', StringComparison.Ordinal) || page.Contains("{{", StringComparison.Ordinal) && Placeholder().IsMatch(page) ? ["a placeholder or a carriage return is left"] : [];

    private static IEnumerable<string> Lines(string page)
    {
        var lines = page.TrimEnd('\n').Split('\n');
        string? fence = null;
        for (var at = 0; at < lines.Length; at++)
        {
            var (line, before, after) = (lines[at], at == 0 ? "" : lines[at - 1], at + 1 == lines.Length ? "" : lines[at + 1]);
            var where = $" (line {at + 1}: {line})";
            if (line.EndsWith(' ') || line.Contains('\t', StringComparison.Ordinal))
            {
                yield return "white space ends the line or a tab is in it" + where;
            }
            if (Fence().Match(line) is { Success: true } mark && (fence is null || mark.Groups["mark"].Value == fence))
            {
                if (fence is null && (mark.Groups["language"].Length == 0 || before.Length > 0))
                {
                    yield return "a fence without a language, or without an empty line before it" + where;
                }
                if (fence is not null && after.Length > 0)
                {
                    yield return "a fence without an empty line behind it" + where;
                }
                fence = fence is null ? mark.Groups["mark"].Value : null;
                continue;
            }
            if (fence is not null)
            {
                continue;
            }
            if (line.StartsWith('#') && (before.Length > 0 || after.Length > 0 || !Heading().IsMatch(line)))
            {
                yield return "a heading that does not stand alone" + where;
            }
            if (line.Length > Longest && !line.StartsWith('|') && line.TrimStart(' ', '-')[..^1].Contains(' ', StringComparison.Ordinal) && line.LastIndexOf(' ') > Longest)
            {
                yield return "too long" + where;
            }
            if (Item().IsMatch(line) && before.Length > 0 && !Item().IsMatch(before) && !before.StartsWith(' '))
            {
                yield return "a list without an empty line before it" + where;
            }
            if (line.StartsWith('|') && (!before.StartsWith('|') && before.Length > 0 || !after.StartsWith('|') && after.Length > 0))
            {
                yield return "a table without an empty line around it" + where;
            }
        }
        if (fence is not null)
        {
            yield return "a fence is not closed";
        }
    }

    private static IEnumerable<string> Structure(string page)
    {
        var document = Markdig.Markdown.Parse(page, GitHub);
        var headings = document.OfType<HeadingBlock>().ToArray();
        if (headings.Count(heading => heading.Level == 1) != 1 || headings[0].Level != 1 || document[0] != headings[0])
        {
            yield return "there is not one heading of the first level, at the top";
        }
        for (var at = 1; at < headings.Length; at++)
        {
            if (headings[at].Level > headings[at - 1].Level + 1)
            {
                yield return $"a level of headings is left out at line {headings[at].Line + 1}";
            }
        }
        var texts = headings.Select(heading => page.Split('\n')[heading.Line]).ToArray();
        foreach (var twice in texts.GroupBy(text => text).Where(group => group.Count() > 1))
        {
            yield return $"the heading is there twice: {twice.Key}";
        }
        if (headings.Any(heading => heading.IsSetext))
        {
            yield return "a line of prose became a heading";
        }
        var rows = page.Split('\n');
        var tables = document.Descendants<Table>().ToArray();
        if (tables.Sum(table => table.Count + 1) != Outside(rows).Count(line => line.StartsWith('|')))
        {
            yield return "a row stands outside of its table";
        }
        foreach (var table in tables)
        {
            var width = ((TableRow)table[0]).Count;
            if (table.Cast<TableRow>().Any(row => row.Count != width || Bars().Count(rows[row.Line]) != width + 1))
            {
                yield return $"the rows of a table are not equally long at line {table.Line + 1}";
            }
        }
    }

    /// <summary>Lines that stand in no fence.</summary>
    private static IEnumerable<string> Outside(IEnumerable<string> lines)
    {
        string? fence = null;
        foreach (var line in lines)
        {
            if (Fence().Match(line) is { Success: true } mark && (fence is null || mark.Groups["mark"].Value == fence))
            {
                fence = fence is null ? mark.Groups["mark"].Value : null;
            }
            else if (fence is null)
            {
                yield return line;
            }
        }
    }

    [GeneratedRegex(@"^ *(?<mark>`{3,})(?<language>[a-z]*)$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"^#{1,6} \S.*$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?:- |\d+\. )")]
    private static partial Regex Item();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bars();

    [GeneratedRegex(@"\{\{[a-z-]+\}\}")]
    private static partial Regex Placeholder();
}
