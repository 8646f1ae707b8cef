using System.Xml.Linq;
using EfSafeMigrate.Engines;
using static EfSafeMigrate.Reports.Svg;

namespace EfSafeMigrate.Reports;

/// <summary>A migration's locks over time, drawn: a lane for each table in use, a column for each statement.</summary>
internal sealed class HtmlTimeline
{
    private const double WidestGutter = 168;
    private const double Head = 46;
    private const double Lane = 30;
    private const double Foot = 24;
    private const double Room = 620;
    private const double Unknown = 150;
    private const double LetterWidth = 6.4;
    private const int MostSteps = 60;
    private const int MostLanes = 20;

    private readonly LockTimeline timeline;
    private readonly IReadOnlyList<TimelineStep> steps;
    private readonly IReadOnlyList<TimelineLane> lanes;
    private readonly double[] edges;
    private readonly double gutter;
    private readonly string id;

    private HtmlTimeline(LockTimeline timeline, string id)
    {
        (this.timeline, this.id) = (timeline, id);
        steps = [.. timeline.Steps.Take(MostSteps)];
        lanes = [.. timeline.Lanes.OrderByDescending(lane => lane.Blocks).Take(MostLanes)];
        gutter = Math.Min(WidestGutter, 24 + (LetterWidth * lanes.Max(lane => lane.Name.Length)));
        edges = Edges();
    }

    private double Width => edges[^1] + 12;

    private double Height => Head + (lanes.Count * Lane) + Foot;

    /// <param name="id">Unique on the page.</param>
    public static XElement Of(LockTimeline timeline, string name, string id) => new HtmlTimeline(timeline, id).Figure(name);

    /// <summary>How long a lane keeps whom waiting, as a sentence.</summary>
    public static string Wait(LockTimeline timeline, TimelineLane lane)
    {
        string? While(Blocks blocks, string who) =>
            timeline.Steps.Where((_, at) => lane.Held[at]?.Blocks == blocks).ToArray() is { Length: > 0 } held ? $"{who} for {Time(held)}" : null;
        var waits = new[] { While(Blocks.ReadsAndWrites, "reads and writes wait"), While(Blocks.Writes, "writes wait") };
        return $"{lane.Name}: {string.Join(", ", waits.OfType<string>())}";
    }

    private static string Time(TimelineStep[] held)
    {
        var sum = held.Aggregate(TimeSpan.Zero, (total, step) => total + (step.Middle ?? TimeSpan.Zero));
        var known = sum.TotalMilliseconds <= 5.0 * held.Length ? "a few ms" : $"about {Rules.Say.Duration(sum)}";
        return !Array.Exists(held, step => step.Middle is null) ? known
            : sum.TotalMilliseconds <= 5.0 * held.Length ? "a time nobody knows" : $"{known} and a time nobody knows";
    }

    /// <summary>Widths grow with the logarithm of the time: milliseconds and hours stand side by side here.</summary>
    private double[] Edges()
    {
        var widths = steps.Select(step => step.Middle is { } middle ? 34 + (32 * Math.Log10(1 + middle.TotalMilliseconds)) : Unknown).ToArray();
        var stretch = Math.Clamp(Room / Math.Max(1, widths.Sum()), 1, 2.4);
        var edges = new double[widths.Length + 1];
        edges[0] = gutter;
        for (var at = 0; at < widths.Length; at++)
        {
            edges[at + 1] = edges[at] + (widths[at] * stretch);
        }
        return edges;
    }

    private XElement Figure(string name)
    {
        var said = lanes.Select(lane => Wait(timeline, lane)).ToArray();
        return new(
            "figure",
            new XElement("div", new XAttribute("class", "scroll"), new XAttribute("tabindex", 0), Svg(name, said)),
            new XElement("figcaption", said.Select(each => new XElement("p", Html.Text(each))), Left()));
    }

    private XElement? Left()
    {
        var (moreSteps, moreLanes) = (timeline.Steps.Count - steps.Count, timeline.Lanes.Count - lanes.Count);
        return moreSteps + moreLanes == 0 ? null
            : new("p", $"Not drawn: {string.Join(" and ", new[] { (moreSteps, "statements"), (moreLanes, "tables") }.Where(each => each.Item1 > 0).Select(each => $"{each.Item1} more {each.Item2}"))}.");
    }

    private XElement Svg(string name, IEnumerable<string> said) => new(
        "svg", At("viewBox", $"0 0 {Number(Width)} {Number(Height)}"), At("style", $"min-width:{Number(Width * 0.85)}px;max-width:{Number(Width * 1.3)}px"), At("role", "img"), At("aria-labelledby", $"{id}-t {id}-d"),
        new XElement("title", At("id", $"{id}-t"), Html.Text($"Locks of {name} over time")),
        new XElement("desc", At("id", $"{id}-d"), Html.Text(string.Join(". ", said))),
        new XElement("defs", new XElement(
            "pattern", At("id", $"{id}-h"), At("width", 8), At("height", 8), At("patternUnits", "userSpaceOnUse"), At("patternTransform", "rotate(45)"),
            new XElement("rect", At("class", "hatch"), At("width", 3), At("height", 8)))),
        steps.SelectMany(Column), Transactions(), lanes.SelectMany(Row), Axis());

    private IEnumerable<XElement> Column(TimelineStep step, int at)
    {
        var middle = (edges[at] + edges[at + 1]) / 2;
        yield return new("text", At("class", "number"), At("x", middle), At("y", 14), At("text-anchor", "middle"), step.Count > 1 ? $"{Ordinal(at)}–{Ordinal(at) + step.Count - 1}" : $"{Ordinal(at)}");
        yield return new("text", At("class", "time"), At("x", middle), At("y", 29), At("text-anchor", "middle"), step.Spoken);
        yield return new("line", At("class", "edge"), At("x1", edges[at + 1]), At("x2", edges[at + 1]), At("y1", Head - 4), At("y2", Height - Foot));
    }

    /// <summary>One-based; a run of quiet statements counts all of them.</summary>
    private int Ordinal(int at) => 1 + steps.Take(at).Sum(step => step.Count);

    private IEnumerable<XElement> Transactions()
    {
        for (var first = 0; first < steps.Count;)
        {
            var last = first;
            while (last + 1 < steps.Count && steps[last + 1].Joined)
            {
                last++;
            }
            if (last > first)
            {
                yield return new("rect", At("class", "transaction"), At("x", edges[first] + 2), At("y", Head - 11), At("width", edges[last + 1] - edges[first] - 4), At("height", 4), At("rx", 2), new XElement("title", "one transaction: what it takes, it holds to its end"));
            }
            first = last + 1;
        }
    }

    private IEnumerable<XElement> Row(TimelineLane lane, int row)
    {
        var top = Head + (row * Lane);
        yield return new("line", At("class", "lane"), At("x1", 0), At("x2", edges[^1]), At("y1", top + Lane), At("y2", top + Lane));
        yield return new("text", At("class", "table"), At("x", 0), At("y", top + 20), new XElement("title", Html.Text(lane.Name)), Html.Text(PlainText.Cut(lane.Name, (int)(gutter / LetterWidth) - 3)));
        for (var at = 0; at < steps.Count; at++)
        {
            if (lane.Held[at] is { } held)
            {
                yield return Bar(held, at, top);
            }
        }
    }

    private XElement Bar(TimelineLock held, int at, double top)
    {
        var (left, width) = (edges[at] + 1, edges[at + 1] - edges[at] - 2);
        XElement Box(XAttribute style) => new("rect", style, At("x", left), At("y", top + 4), At("width", width), At("height", Lane - 8), At("rx", 3));
        var hatched = steps[at].Middle is null ? Box(At("fill", $"url(#{id}-h)")) : null;
        var fits = held.Own && held.Mode.Length * LetterWidth < width - 8;
        return new(
            "g", new XElement("title", Html.Text($"{held.Mode}: {Waits(held.Blocks)}{(held.Own ? "" : ", held until the transaction ends")}")),
            Box(At("class", $"{Style(held.Blocks)}{(held.Own ? "" : " held")}")), hatched,
            fits ? new XElement("text", At("class", $"mode on-{Style(held.Blocks)}"), At("x", left + (width / 2)), At("y", top + 19), At("text-anchor", "middle"), Html.Text(held.Mode)) : null);
    }

    private XElement Axis() => new("text", At("class", "time"), At("x", edges[^1]), At("y", Height - 8), At("text-anchor", "end"), "time →");

    private static string Style(Blocks blocks) => blocks == Blocks.ReadsAndWrites ? "all" : "writes";

    private static string Waits(Blocks blocks) => blocks == Blocks.ReadsAndWrites ? "reads and writes wait" : "writes wait";
}
