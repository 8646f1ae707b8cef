using EfSafeMigrate.Uses;

namespace EfSafeMigrate.Reports;

/// <summary>What the code uses, as lines of a comment.</summary>
internal static class CodeUsesMarkdown
{
    public static string Summary(CodeUses uses) => $"<details><summary>{Markdown.Html(CodeUseWords.Title(uses))}</summary>\n\n";

    public static IEnumerable<string> Lines(CodeUses uses, ReviewedFolder folder)
    {
        if (CodeUseWords.Limits(uses) is { } limits)
        {
            yield return $"{Markdown.Text(PlainText.Cut(limits, 300))}\n\n";
        }
        foreach (var touched in uses.Touched)
        {
            var found = uses.Of(touched);
            yield return $"\n**{Markdown.Text(PlainText.Cut(touched.Sentence, 300))}**{(found.Count == 0 ? ": nothing in the code uses it" : "")}\n\n";
            foreach (var use in found)
            {
                yield return $"- {Markdown.Code(PlainText.Cut($"{folder.PathOf(use.File)}:{use.Line}", 300))} {CodeUseWords.Of(use.Kind)} in {CodeUseWords.Of(use.Place)}: {Markdown.Code(PlainText.Cut(use.Text, 120))}\n";
            }
            foreach (var (when, orders) in CodeUseWords.Orders(found))
            {
                yield return $"- {when}: {string.Join("; ", orders.Select(order => Markdown.Text(PlainText.Cut(order, 300))))}\n";
            }
        }
    }
}
