namespace EfSafeMigrate.Reports;

/// <summary>Text in lines of at most 78 columns; a longer word stands alone.</summary>
internal static class Paragraph
{
    public const int Width = 78;

    /// <param name="hanging">Further indentation from the second line on.</param>
    public static IEnumerable<string> Wrap(string text, int indent = 0, int hanging = 0, int width = Width)
    {
        var line = new string(' ', indent);
        var empty = true;
        foreach (var word in text.Split(' '))
        {
            if (!empty && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = new string(' ', indent + hanging);
                empty = true;
            }
            line += empty ? word : $" {word}";
            empty = false;
        }
        yield return line;
    }
}
