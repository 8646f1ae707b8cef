using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace EfSafeMigrate.Reports;

/// <summary>Elements as a page that browsers and XML readers understand alike.</summary>
internal static partial class Html
{
    private static readonly HashSet<string> Void = ["meta", "br", "hr"];

    public static string Text(string text) => PlainText.Line(text);

    /// <summary>A sentence whose addresses can be followed; nothing is loaded from them.</summary>
    public static IEnumerable<XNode> Linked(string text)
    {
        var line = Text(text);
        var at = 0;
        foreach (Match found in Address().Matches(line))
        {
            yield return new XText(line[at..found.Index]);
            yield return new XElement("a", new XAttribute("href", found.Value), new XAttribute("rel", "noreferrer"), found.Value);
            at = found.Index + found.Length;
        }
        yield return new XText(line[at..]);
    }

    public static string Page(XElement html)
    {
        // To a browser, `<td />` begins an element and does not end it.
        foreach (var empty in html.Descendants().Where(element => element.IsEmpty && !Void.Contains(element.Name.LocalName) && !element.Ancestors("svg").Any()))
        {
            empty.Value = "";
        }
        var text = new StringBuilder("<!DOCTYPE html>\n");
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, IndentChars = " ", NewLineChars = "\n", NewLineHandling = NewLineHandling.None, OmitXmlDeclaration = true }))
        {
            html.Save(writer);
        }
        return text.Append('\n').ToString();
    }

    [GeneratedRegex(@"https://[^\s<>""·]+[^\s<>""·.,;:)]")]
    private static partial Regex Address();
}
