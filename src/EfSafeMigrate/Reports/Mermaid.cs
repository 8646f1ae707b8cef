using System.Globalization;

namespace EfSafeMigrate.Reports;

/// <summary>Text inside diagrams that GitHub and GitLab draw.</summary>
internal static class Mermaid
{
    /// <summary>Inside a quoted label, where signs are known by their numbers.</summary>
    public static string Label(string text) => string.Concat(PlainText.Line(text).Select(letter => letter is '"' or '<' or '>' or '&' or '#' or ';' or '`' or '\\' or '@' ? $"#{((int)letter).ToString(CultureInfo.InvariantCulture)};" : $"{letter}"));

    /// <summary>Where a diagram takes only letters, digits and underscores.</summary>
    public static string Word(string text)
    {
        var word = string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        return word.Length > 0 && char.IsAsciiLetter(word[0]) ? word : $"x{word}";
    }
}
