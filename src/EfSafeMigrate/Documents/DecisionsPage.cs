using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;

namespace EfSafeMigrate.Documents;

/// <summary>What people have decided about the migrations, and where that is written.</summary>
internal static class DecisionsPage
{
    public static string Of(Dossier dossier) => Page.Fill("decisions.md", new Dictionary<string, string>
    {
        ["title"] = dossier.Title,
        ["about"] = PlanPage.About(dossier),
        ["names"] = List(Names(dossier), "No column or table gets another name or another place."),
        ["accepted"] = Accepted(dossier),
        ["policies"] = Page.List(Policies(dossier.Settings)),
        ["journal"] = Journal(dossier),
    });

    /// <summary>Names and values that a person decided when the migrations were made.</summary>
    private static IEnumerable<string> Names(Dossier dossier) => dossier.Migrations.SelectMany(migration => migration.Migration.Changes.Select(Named).OfType<string>().Concat(migration.Migration.Backfills.Values.Select(Filled))
        .Select(decided => $"{Markdown.Code(migration.Migration.Name)}: {decided}")).Distinct();

    private static string? Named(Change change) => change switch
    {
        RenameColumn rename => $"{Markdown.Code(Say.Column(rename.Table, rename.Name))} holds the same data as {Markdown.Code(rename.NewName)} from then on",
        RenameTable rename => $"{Markdown.Code($"{rename.Table}")} is the same table as {Markdown.Code($"{rename.NewName}")} from then on",
        DropColumn { Decided: true } drop => $"nothing takes the place of {Markdown.Code(Say.Column(drop.Table, drop.Name))}",
        _ => null,
    };

    private static string Filled(BackfillSpec spec) => $"{Markdown.Code(Say.Column(spec.Table, spec.Column))} gets the value {Markdown.Code(spec.Expression)}{(spec.NullsOnly ? " where it has none" : "")}";

    private static string Accepted(Dossier dossier)
    {
        var waived = dossier.Migrations.SelectMany(migration => migration.Findings.Where(finding => finding.Waiver is not null).Select(finding => (IReadOnlyList<string>)
        [
            Markdown.Code(finding.Rule), Markdown.Code(migration.Migration.Name, inTable: true), Markdown.Text(finding.Waiver!.Reason ?? ""), Where(finding.Waiver),
        ])).ToArray();
        return Page.Join(
            waived.Length == 0 ? "No finding is accepted with a reason." : Page.Table(["rule", "migration", "because", "written in"], waived),
            dossier.HasBaseline ? Page.Text($"Findings of older migrations are accepted without one, in {Markdown.Code(BaselineFile.Name)}.") : "");
    }

    private static string Where(Waiver waiver) => Markdown.Code(waiver.Home == WaiverHome.Settings ? SettingsFile.Name : waiver.File ?? "the migration", inTable: true);

    private static IEnumerable<string> Policies(SafeMigrateSettings settings) =>
    [
        $"a review fails on {settings.FailOn ?? "dangerous"} findings",
        .. settings.Severities.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"findings of {Markdown.Code(each.Key)} are {(each.Value is { } severity ? Headline.Word(severity) : "turned off")}"),
        .. settings.Waivers.Select(standing => $"{Markdown.Code(standing.Waiver.Rule)} is accepted{(standing.Table is { } table ? $" on {Markdown.Code(table)}" : "")}{(standing.Waiver.Expires is { } day ? string.Create(CultureInfo.InvariantCulture, $" until {day:yyyy-MM-dd}") : "")}: {Markdown.Text(standing.Waiver.Reason ?? "no reason")}"),
        $"protected are environments {Patterns(settings.Protected.Environments)}, servers {Patterns(settings.Protected.Servers)} and databases {Patterns(settings.Protected.Databases)}",
        $"an approval holds for {Say.Duration(settings.Approval.Expires)}{(settings.Approval.ApproverIsNotAuthor ? ", and whoever wrote a migration does not give it" : "")}",
        $"a contract waits until the old shape was not used for {Say.Duration(settings.QuietPeriod)}",
        settings.RefusesDrift ? "nothing runs on a schema that other hands have changed" : "changes by other hands are told, and refused where a database is protected",
        .. settings.LockBudgetMilliseconds is { } budget ? [string.Create(CultureInfo.InvariantCulture, $"a step that keeps others waiting for more than {budget:0} ms is taken back")] : Array.Empty<string>(),
    ];

    private static string Patterns(IReadOnlyList<string> patterns) => patterns.Count == 0 ? "none" : Rules.Say.List([.. patterns.Select(pattern => Markdown.Code(pattern))]);

    private static string Journal(Dossier dossier) => dossier.Database is not { } database
        ? Page.Text("Approvals, overrides and reasons for what was skipped stand in the journal of the database; with a connection they stand here.")
        : List(RunLogConsent.Lines(database.Journal), "The journal of the database has no approval and nothing that was set aside or skipped.");

    private static string List(IEnumerable<string> items, string otherwise) => items.ToArray() is { Length: > 0 } some ? Page.List(some) : otherwise;
}
