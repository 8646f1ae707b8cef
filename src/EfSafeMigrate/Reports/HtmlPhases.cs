using System.Globalization;
using System.Xml.Linq;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Updates;
using static EfSafeMigrate.Reports.Svg;

namespace EfSafeMigrate.Reports;

/// <summary>The way from the old release to the new one, drawn: a box for each phase, and which release lives through which.</summary>
internal sealed class HtmlPhases
{
    private const double Top = 26;
    private const double Line = 17;
    private const double Gap = 26;
    private const double LetterWidth = 6.6;
    private const int MostNames = 40;
    private const int LongestName = 34;

    private readonly Group[] groups;
    private readonly string id;

    private HtmlPhases(IReadOnlyList<ReviewedMigration> migrations, string id)
    {
        this.id = id;
        List<Group> found = [];
        var left = 0.0;
        foreach (var same in Neighbours(migrations))
        {
            string[] names = [.. same.Migrations.Take(MostNames).Select(name => PlainText.Cut(PlainText.Line(name), LongestName)), .. same.Migrations.Count > MostNames ? [$"and {same.Migrations.Count - MostNames} more"] : Array.Empty<string>()];
            var width = 24 + (LetterWidth * names.Append(Title(same.Phase)).Max(name => name.Length));
            found.Add(new(same.Phase, names, left, width));
            left += width + Gap;
        }
        groups = [.. found];
    }

    private double Width => groups[^1].Left + groups[^1].Width + 2;

    private double Bottom => Top + 14 + (Line * groups.Max(group => group.Names.Count));

    /// <returns>Null where no migration is a phase.</returns>
    /// <param name="id">Unique on the page.</param>
    public static XElement? Of(IReadOnlyList<ReviewedMigration> migrations, string id)
    {
        ReviewedMigration[] phased = [.. migrations.Where(migration => migration.Migration.Phase is not null)];
        return phased.Length == 0 ? null : new HtmlPhases(phased, id).Figure();
    }

    private static IEnumerable<(PhaseKind Phase, List<string> Migrations)> Neighbours(IEnumerable<ReviewedMigration> migrations)
    {
        List<(PhaseKind Phase, List<string> Migrations)> all = [];
        foreach (var migration in migrations.Select(each => each.Migration))
        {
            var phase = Horizon.PhaseOf(migration);
            if (all.Count == 0 || all[^1].Phase != phase)
            {
                all.Add((phase, []));
            }
            all[^1].Migrations.Add(migration.Name);
        }
        return all;
    }

    private XElement Figure() => new(
        "figure", new XElement("div", At("class", "scroll"), At("tabindex", "0"), new XElement(
            "svg", At("viewBox", $"0 0 {Number(Width)} {Number(Bottom + 52)}"), At("style", $"min-width:{Number(Width * 0.85)}px;max-width:{Number(Width * 1.3)}px"), At("role", "img"), At("aria-labelledby", $"{id}-t"),
            new XElement("title", At("id", $"{id}-t"), "The phases, and the releases that live through them"),
            groups.SelectMany(Box), Releases())));

    private IEnumerable<XElement> Box(Group group, int at)
    {
        var contract = group.Phase == PhaseKind.Contract;
        yield return new("rect", At("class", contract ? "phase gone" : "phase"), At("x", group.Left + 1), At("y", Top), At("width", group.Width), At("height", Bottom - Top), At("rx", 5));
        yield return Text("table", group.Left + 12, Top - 8, Title(group.Phase));
        for (var line = 0; line < group.Names.Count; line++)
        {
            yield return Text("", group.Left + 12, Top + 18 + (Line * line), group.Names[line]);
        }
        if (at > 0)
        {
            var (middle, before) = ((Top + Bottom) / 2, groups[at - 1].Left + groups[at - 1].Width + 3);
            yield return new("path", At("class", "arrow"), At("d", $"M{Number(before)} {Number(middle)} H{Number(group.Left - 3)} m-5 -4 l5 4 l-5 4"));
        }
    }

    /// <summary>The old one until the first contract, the new one from shortly before it.</summary>
    private IEnumerable<XElement> Releases()
    {
        var contract = Array.FindIndex(groups, group => group.Phase == PhaseKind.Contract);
        var gate = contract < 0 ? Width : groups[contract].Left - (Gap / 2);
        yield return new("line", At("class", "release"), At("x1", 1), At("x2", gate), At("y1", Bottom + 16), At("y2", Bottom + 16));
        yield return Text("time", 1, Bottom + 30, "the old release works");
        yield return new("line", At("class", "release new"), At("x1", Math.Max(1, gate - 60)), At("x2", Width), At("y1", Bottom + 36), At("y2", Bottom + 36));
        yield return new("text", At("class", "time"), At("x", Width - 1), At("y", Bottom + 50), At("text-anchor", "end"), "the new release works");
    }

    private static XElement Text(string style, double x, double y, string text) => new("text", style.Length > 0 ? At("class", style) : null, At("x", x), At("y", y), Html.Text(text));

    private static string Title(PhaseKind phase) => $"{PlanOutline.Number(phase).ToString(CultureInfo.InvariantCulture)} {PlanOutline.Word(phase)}";

    private sealed record Group(PhaseKind Phase, IReadOnlyList<string> Names, double Left, double Width);
}
