using System.Text;

namespace EfSafeMigrate.Reports;

/// <summary>Names come from other people's databases: what would steer a terminal, or is no text at all, is replaced.</summary>
internal static class PlainText
{
    private const char Replacement = '\uFFFD';

    /// <summary>One line: every run of white space is one space.</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var letter in Clean(text))
        {
            if (!char.IsWhiteSpace(letter))
            {
                line.Append(letter);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }
        return line.ToString().TrimEnd();
    }

    /// <summary>Lines end with a line feed; tabs stay.</summary>
    public static string Lines(string text) => Clean(text.ReplaceLineEndings("\n"));

    /// <summary>As wide as before: what has no sign of its own has the replacement's.</summary>
    public static string Visible(string text) => string.Concat(Clean(text).Select(letter => char.IsControl(letter) ? Replacement : letter));

    /// <summary>At most that many characters, with an ellipsis for the rest.</summary>
    public static string Cut(string text, int length) =>
        text.Length <= length ? text : $"{text[..(char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1)]}…";

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (char.IsHighSurrogate(letter) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                clean.Append(letter).Append(text[++at]);
                continue;
            }
            var isText = letter is '\n' or '\t' or '\r' || !(char.IsControl(letter) || char.IsSurrogate(letter) || letter is '\uFFFE' or '\uFFFF' || IsDirection(letter));
            clean.Append(isText ? letter : Replacement);
        }
        return clean.ToString();
    }

    /// <summary>Marks that turn the direction of reading make a text say one thing and mean another.</summary>
    private static bool IsDirection(char letter) => letter is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}
