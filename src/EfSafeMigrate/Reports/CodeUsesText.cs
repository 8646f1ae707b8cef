using EfSafeMigrate.Uses;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>What the code uses, as lines of the terminal's report.</summary>
internal static class CodeUsesText
{
    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Quiet = new(Color.Grey);

    public static IEnumerable<(string Line, Style Style)> Of(CodeUses uses, ReviewedFolder folder)
    {
        yield return ($"  {CodeUseWords.Title(uses)}", Strong);
        foreach (var line in CodeUseWords.Limits(uses) is { } limits ? Paragraph.Wrap(limits, 4) : [])
        {
            yield return (line, Style.Plain);
        }
        foreach (var touched in uses.Touched)
        {
            foreach (var line in Touched(touched, uses.Of(touched), folder))
            {
                yield return line;
            }
        }
        yield return ("", Style.Plain);
    }

    private static IEnumerable<(string, Style)> Touched(TouchedName touched, IReadOnlyList<CodeUse> uses, ReviewedFolder folder)
    {
        foreach (var line in Paragraph.Wrap(touched.Sentence, 4, hanging: 2))
        {
            yield return (line, Style.Plain);
        }
        if (uses.Count == 0)
        {
            yield return ("      nothing in the code uses it", Quiet);
        }
        foreach (var place in uses.GroupBy(use => use.Place))
        {
            yield return ($"      {CodeUseWords.Of(place.Key)}", Style.Plain);
            foreach (var use in place)
            {
                yield return (Shortened($"        {folder.PathOf(use.File)}:{use.Line}", $"  {CodeUseWords.Of(use.Kind)}"), Style.Plain);
                yield return ($"          {PlainText.Cut(PlainText.Line(use.Text), Paragraph.Width - 10)}", Quiet);
            }
        }
        foreach (var (when, orders) in CodeUseWords.Orders(uses))
        {
            yield return ($"      {when}", Style.Plain);
            foreach (var line in orders.SelectMany(order => Paragraph.Wrap($"→ {order}", 8, hanging: 2)))
            {
                yield return (line, Style.Plain);
            }
        }
    }

    /// <summary>The end of a path tells more than its beginning.</summary>
    private static string Shortened(string path, string kind)
    {
        var room = Paragraph.Width - kind.Length;
        return path.Length <= room ? $"{path}{kind}" : $"        …{path[^(room - 9)..]}{kind}";
    }
}
