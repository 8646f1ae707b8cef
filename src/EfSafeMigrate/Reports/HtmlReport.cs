using System.Xml.Linq;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Reports.Svg;

namespace EfSafeMigrate.Reports;

/// <summary>One page that stands alone: nothing is loaded, no script runs, and it can be printed.</summary>
internal static class HtmlReport
{
    private const int ListedChanges = 12;

    public static string Of(Review review)
    {
        var title = $"{Headline.Counts(review)} · {review.Project}";
        return Html.Page(new(
            "html", At("lang", "en"),
            new XElement(
                "head", new XElement("meta", At("charset", "utf-8")), Meta("viewport", "width=device-width, initial-scale=1"), Meta("color-scheme", "light dark"),
                new XElement("meta", At("http-equiv", "Content-Security-Policy"), At("content", "default-src 'none'; style-src 'unsafe-inline'")),
                new XElement("title", Html.Text(title)), new XElement("style", $"\n{HtmlStyle.Sheet}\n")),
            new XElement("body", Header(review), new XElement("main", review.Migrations.Select((migration, at) => Migration(review, migration, at)), CodeUsesHtml.Of(review)), Footer(review))));
    }

    private static XElement Header(Review review) => new(
        "header",
        new XElement("h1", Html.Text(review.Project)),
        new XElement("p", At("class", "verdict"), Badge(Worst(review)), " ", Headline.Counts(review), Stop(review.Findings)),
        new XElement("p", At("class", "quiet"), Html.Text(Headline.Subject(review))),
        new XElement("p", At("class", "quiet"), Html.Text(Headline.Server(review))),
        Headline.Chosen(review) is { } chosen ? new XElement("p", At("class", "quiet"), Html.Text(chosen)) : null,
        Observations.Of(review) is { Count: > 0 } seen ? new XElement("section", new XElement("h2", "In the database now"), new XElement("ul", seen.Select(each => new XElement("li", Html.Text(each))))) : null,
        review.Notes.Concat(Overruled.Lines(review)).Select(note => new XElement("p", Html.Text(note))),
        review.Migrations.Count > 1 ? Contents(review) : null,
        HtmlPhases.Of(review.Migrations, "phases"),
        HtmlTables.Of(Touching(review), "tables"),
        Legend(review));

    /// <summary>Those of a whole history are judged one by one, and no two shapes of a table stand beside each other.</summary>
    private static IReadOnlyList<MigrationChanges> Touching(Review review) =>
        [.. review.Migrations.Select(migration => migration.Migration).Where(migration => migration is { IsRemark: false, IsOfSettings: false, IsByHand: false })];

    private static XElement Contents(Review review) => new(
        "nav", At("aria-label", "Migrations"), new XElement("ol", review.Migrations.Select((migration, at) => new XElement(
            "li", new XElement("a", At("href", $"#m{at}"), Html.Text(migration.Migration.Id)), " ", Badge(migration.Severity)))));

    private static XElement? Legend(Review review) => review.Migrations.All(migration => LockTimeline.Of(migration).Lanes.Count == 0) ? null : new(
        "p", At("class", "legend"), At("aria-label", "Legend of the timelines"),
        Key("all", "reads and writes wait"), Key("writes", "writes wait"), Key("all held", "held until the transaction ends"), Key("unknown", "duration unknown"), Key("transaction", "one transaction"),
        new XElement("span", At("class", "quiet"), $"Widths grow with the logarithm of the estimate.{(review.Facts.NoTraffic ? " Nobody uses the database meanwhile, as given." : "")}"));

    private static XElement Key(string style, string words) => new("span", At("class", "key"), new XElement("i", At("class", $"swatch {style}")), words);

    private static XElement Migration(Review review, ReviewedMigration reviewed, int at)
    {
        var timeline = LockTimeline.Of(reviewed);
        return new(
            "section", At("id", $"m{at}"), At("class", $"migration {Headline.Word(reviewed.Severity)}"),
            new XElement("h2", Html.Text(reviewed.Migration.Id), " ", Badge(reviewed.Severity)),
            timeline.Lanes.Count > 0 ? HtmlTimeline.Of(timeline, reviewed.Migration.Id, $"t{at}") : null,
            timeline.Lanes.Count > 0 ? Steps(timeline) : null,
            reviewed.Findings.Select(finding => Finding(review, finding)),
            timeline.Lanes.Count == 0 ? Quiet(reviewed) : null);
    }

    private static XElement Steps(LockTimeline timeline) => new(
        "details", timeline.Steps.Count <= ListedChanges ? At("open", "") : null,
        new XElement("summary", "statement".ToQuantity(timeline.Steps.Sum(step => step.Count))),
        new XElement("ol", At("class", "steps"), timeline.Steps.Select((step, at) => new XElement(
            "li", At("value", $"{1 + timeline.Steps.Take(at).Sum(before => before.Count)}"), Html.Text(step.Phrase), " ", new XElement("span", At("class", "quiet"), step.Spoken)))));

    private static XElement? Quiet(ReviewedMigration reviewed)
    {
        var quiet = reviewed.Situations.Where(situation => situation.Change is not TransactionControl && !reviewed.Findings.Any(finding => finding.Origin == situation.Change.Origin)).ToArray();
        return reviewed.Situations.Count == 0 && reviewed.Findings.Count == 0 ? new XElement("p", At("class", "quiet"), "changes nothing")
            : quiet.Length == 0 ? null
            : new XElement(
                "ul", At("class", "quiet"), quiet.Take(ListedChanges).Select(situation => new XElement("li", Html.Text(Phrase.Of(situation)))),
                quiet.Length > ListedChanges ? new XElement("li", $"and {"more change".ToQuantity(quiet.Length - ListedChanges)}") : null);
    }

    private static XElement Finding(Review review, Finding finding)
    {
        var place = Place.Of(finding, review.Folder).Spoken;
        return new(
            "article", At("class", $"finding {(finding.Waiver is null ? Headline.Word(finding.Severity) : "waived")}"),
            new XElement("h3", finding.Rule, finding.Waiver is null ? null : ", waived", place is null ? null : " ", place is null ? null : new XElement("code", Html.Text(place))),
            new XElement("p", Html.Text(finding.Message)),
            finding.Waiver is { } waiver
                ? new XElement("p", At("class", "quiet"), Html.Text($"accepted: {waiver.Reason}"))
                : new XElement("p", At("class", "quiet"), Html.Linked(finding.Evidence)),
            finding.Waiver is null ? new XElement("p", At("class", "cure"), "→ ", Html.Linked(finding.Cure.Advice)) : null,
            finding.Waiver is null && finding.Cure.Migrations.Count > 0 ? Cure(finding.Cure) : null);
    }

    private static XElement Cure(Cure cure) => new(
        "details", new XElement("summary", cure.Migrations.Count > 1 ? $"SQL of {cure.Migrations.Count} migrations" : "SQL of a migration of its own"),
        cure.Migrations.Select((migration, at) => new XElement(
            "pre", $"-- {(cure.Migrations.Count > 1 ? $"migration {at + 1}" : "a migration of its own")}{(migration.OutsideTransaction ? ", suppressTransaction: true" : "")}\n{PlainText.Lines(string.Join('\n', migration.Sql))}")));

    private static XElement Footer(Review review) => new(
        "footer", At("class", "quiet"), Headline.Exit(review) is { Length: > 0 } exit ? $"{exit} · " : "", $"dotnet safe-migrate {ToolVersion.Number}");

    private static XElement Badge(Severity severity) => new("span", At("class", $"badge {Headline.Word(severity)}"), Headline.Word(severity));

    private static string Stop(IEnumerable<Finding> findings) => Headline.LongestStop(findings) is { Length: > 0 } stop ? $" · {Html.Text(stop)}" : "";

    private static Severity Worst(Review review) => review.Migrations.Select(migration => migration.Severity).DefaultIfEmpty().Max();

    private static XElement Meta(string name, string content) => new("meta", At("name", name), At("content", content));
}
