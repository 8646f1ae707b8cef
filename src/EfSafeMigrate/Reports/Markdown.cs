using System.Text;

namespace EfSafeMigrate.Reports;

/// <summary>Text inside Markdown as GitHub and GitLab read it: nothing in it is markup, names nobody and links nowhere by accident.</summary>
internal static class Markdown
{
    private const string Marked = "\\`*_[]|~";

    /// <summary>One line of running text.</summary>
    public static string Text(string text)
    {
        var line = PlainText.Line(text);
        var escaped = new StringBuilder(line.Length + 16);
        for (var at = 0; at < line.Length; at++)
        {
            escaped.Append(line[at] switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                // A mention or a reference is looked for in what is rendered: a comment parts it.
                '@' => "@<!-- -->",
                '#' when at > 0 => "#<!-- -->",
                '$' => "<span>$</span>",
                '+' or '-' or '=' or '#' or ':' when at == 0 => $"\\{line[at]}",
                '.' or ')' when at > 0 && line.AsSpan(0, at).TrimStart("0123456789").IsEmpty => $"\\{line[at]}",
                var letter when Marked.Contains(letter, StringComparison.Ordinal) => $"\\{letter}",
                var letter => $"{letter}",
            });
        }
        return escaped.ToString();
    }

    /// <summary>Code within a line; a table's cell ends at no bar of it.</summary>
    public static string Code(string text, bool inTable = false)
    {
        var line = PlainText.Line(text);
        var mark = new string('`', Longest(line) + 1);
        var space = line.Length == 0 || line.StartsWith('`') || line.EndsWith('`') ? " " : "";
        return $"{mark}{space}{(inTable ? line.Replace("|", "\\|", StringComparison.Ordinal) : line)}{space}{mark}";
    }

    /// <summary>A block of code, fenced with more backticks than stand in it.</summary>
    public static string Block(string text, string language)
    {
        var fence = new string('`', Math.Max(3, Longest(text) + 1));
        return $"{fence}{language}\n{PlainText.Lines(text).TrimEnd('\n')}\n{fence}\n";
    }

    /// <summary>Text inside an HTML tag, where Markdown is not read.</summary>
    public static string Html(string text) => PlainText.Line(text)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("@", "@<!-- -->", StringComparison.Ordinal)
        .Replace("#", "#<!-- -->", StringComparison.Ordinal);

    private static int Longest(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var letter in text)
        {
            run = letter == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        return longest;
    }
}
