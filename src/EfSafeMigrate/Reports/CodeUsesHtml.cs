using System.Xml.Linq;
using EfSafeMigrate.Uses;

namespace EfSafeMigrate.Reports;

/// <summary>What the code uses, as a section of the page.</summary>
internal static class CodeUsesHtml
{
    public static XElement? Of(Review review) => review.CodeUses is not { } uses ? null : new(
        "section", new XAttribute("class", "migration"), new XAttribute("id", "code"),
        new XElement("h2", CodeUseWords.Title(uses)),
        CodeUseWords.Limits(uses) is { } limits ? new XElement("p", Html.Text(limits)) : null,
        uses.Touched.Select(touched => Touched(touched, uses.Of(touched), review.Folder)));

    private static XElement Touched(TouchedName touched, IReadOnlyList<CodeUse> uses, ReviewedFolder folder) => new(
        "article", new XAttribute("class", "finding"),
        new XElement("h3", Html.Text(touched.Sentence)),
        uses.Count == 0 ? new XElement("p", new XAttribute("class", "quiet"), "nothing in the code uses it") : null,
        uses.GroupBy(use => use.Place).Select(place => new XElement(
            "div", new XElement("p", CodeUseWords.Of(place.Key)), new XElement("ul", place.Select(use => new XElement(
                "li", new XElement("code", Html.Text($"{folder.PathOf(use.File)}:{use.Line}")), $" {CodeUseWords.Of(use.Kind)} ", new XElement("code", Html.Text(use.Text))))))),
        CodeUseWords.Orders(uses).Select(phase => new XElement(
            "div", new XElement("p", phase.When), phase.Orders.Select(order => new XElement("p", new XAttribute("class", "cure"), $"→ {Html.Text(order)}")))));
}
