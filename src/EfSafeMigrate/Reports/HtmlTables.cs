using System.Xml.Linq;
using EfSafeMigrate.Changes;
using static EfSafeMigrate.Reports.Svg;

namespace EfSafeMigrate.Reports;

/// <summary>The tables that migrations touch, drawn: what comes, what goes, and how they refer to each other.</summary>
internal sealed class HtmlTables
{
    private const double Width = 250;
    private const double Gutter = 70;
    private const double Head = 26;
    private const double Line = 18;
    private const int Across = 3;
    private const int MostTables = 12;
    private const int MostColumns = 10;
    private const int LongestText = 34;

    private readonly Box[] boxes;
    private readonly double height;
    private readonly string id;

    private HtmlTables(IReadOnlyList<ChangedTable> tables, string id)
    {
        this.id = id;
        var top = 4.0;
        List<Box> placed = [];
        foreach (var row in tables.Take(MostTables).Chunk(Across))
        {
            placed.AddRange(row.Select((table, at) => new Box(table, 2 + (at * (Width + Gutter)), top)));
            top += placed.TakeLast(row.Length).Max(box => box.Height) + 34;
        }
        (boxes, height) = ([.. placed], top);
    }

    private double All => 4 + (Math.Min(Across, boxes.Length) * (Width + Gutter)) - Gutter;

    /// <param name="id">Unique on the page.</param>
    /// <returns>Null where no table gets another shape.</returns>
    public static XElement? Of(IReadOnlyList<MigrationChanges> migrations, string id)
    {
        ChangedTable[] tables = [.. ChangedTable.Of(migrations).Where(table => table.Before?.Name != table.After?.Name || table.Columns.Any(column => column.IsChanged))];
        return tables.Length == 0 ? null : new HtmlTables(tables, id).Figure(tables.Length);
    }

    private XElement Figure(int count) => new(
        "figure",
        new XElement("div", At("class", "scroll"), At("tabindex", "0"), new XElement(
            "svg", At("viewBox", $"0 0 {Number(All)} {Number(height)}"), At("style", $"min-width:{Number(All * 0.8)}px;max-width:{Number(All * 1.2)}px"), At("role", "img"), At("aria-labelledby", $"{id}-t"),
            new XElement("title", At("id", $"{id}-t"), "The tables that the migrations touch, with the columns that come, go and change"),
            Links(), boxes.SelectMany(Drawn))),
        count > boxes.Length ? new XElement("figcaption", new XElement("p", $"Not drawn: {"more table".ToQuantity(count - boxes.Length)}.")) : null);

    private static IEnumerable<XElement> Drawn(Box box)
    {
        yield return new("rect", At("class", box.Table.After is null ? "phase gone" : "phase"), At("x", box.Left), At("y", box.Top), At("width", Width), At("height", box.Height), At("rx", 5));
        yield return Text(box.Table.After is null ? "table gone" : box.Table.Before is null ? "table new" : "table", box.Left + 10, box.Top + 18, $"{box.Table.Name}");
        foreach (var (column, at) in box.Columns.Select((column, at) => (column, at)))
        {
            var y = box.Top + Head + (Line * at) + 12;
            var (style, sign) = (column.Before, column.After) switch { (null, _) => ("new", "+ "), (_, null) => ("gone", "− "), _ when column.IsChanged => ("altered", "~ "), _ => ("time", "  ") };
            yield return Text(style, box.Left + 10, y, $"{sign}{column.Name} {(column.After ?? column.Before)!.Type}");
        }
        if (box.Unseen > 0)
        {
            yield return Text("time", box.Left + 10, box.Top + Head + (Line * box.Columns.Count) + 12, $"and {"more column".ToQuantity(box.Unseen)}");
        }
    }

    /// <summary>From edge to edge, behind the boxes.</summary>
    private IEnumerable<XElement> Links()
    {
        foreach (var child in boxes)
        {
            foreach (var key in child.Table.After?.ForeignKeys ?? [])
            {
                if (Array.Find(boxes, box => box != child && box.Table.After?.Name.Matches(key.Principal) == true) is { } parent)
                {
                    var (from, to) = child.Left < parent.Left ? (child.Left + Width, parent.Left) : child.Left > parent.Left ? (child.Left, parent.Left + Width) : (child.Left + 20, parent.Left + 20);
                    yield return new("path", At("class", "arrow"), At("d", $"M{Number(from)} {Number(child.Top + 13)} L{Number(to)} {Number(parent.Top + 13)}"), new XElement("title", Html.Text($"{child.Table.Name} refers to {parent.Table.Name}")));
                }
            }
        }
    }

    private static XElement Text(string style, double x, double y, string text) => new("text", At("class", style), At("x", x), At("y", y), new XElement("title", Html.Text(text)), Html.Text(PlainText.Cut(PlainText.Line(text), LongestText)));

    /// <summary>Changed columns come first.</summary>
    private sealed record Box(ChangedTable Table, double Left, double Top)
    {
        public IReadOnlyList<ChangedColumn> Columns { get; } = [.. Table.Columns.OrderByDescending(column => column.IsChanged).Take(MostColumns)];

        /// <summary>Columns that are not shown.</summary>
        public int Unseen => Table.Columns.Count - Columns.Count;

        public double Height => Head + (Line * (Columns.Count + (Unseen > 0 ? 1 : 0))) + 6;
    }
}
