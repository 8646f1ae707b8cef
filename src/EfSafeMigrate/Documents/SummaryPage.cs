using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Documents;

/// <summary>A page for a pull request or a change ticket.</summary>
internal static class SummaryPage
{
    private const int MostMigrations = 12;

    public static string Of(Dossier dossier)
    {
        var (strategy, risk) = (Strategy.Of(dossier), Risk.Of(dossier));
        string[] deeds = [.. dossier.Migrations.Select(PlanPage.Sentence)];
        return Page.Fill("summary.md", new Dictionary<string, string>
        {
            ["title"] = dossier.Title,
            ["about"] = PlanPage.About(dossier),
            ["verdict"] = Page.Table(["strategy", "risk", "findings"], [[strategy.Word, risk.Word, Headline.Counts(dossier.Migrations.SelectMany(migration => migration.Findings))]]),
            ["changes"] = Page.List(deeds.Length <= MostMigrations ? deeds : [.. deeds.Take(MostMigrations), $"and {"more migration".ToQuantity(deeds.Length - MostMigrations)}"]),
            ["why"] = Page.Text(risk.Because),
            ["locks"] = Page.Text($"**Downtime:** {LockForecast.Downtime(dossier)}"),
            ["deployment"] = Deployment.Of(dossier),
        });
    }
}
