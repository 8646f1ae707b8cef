using EfSafeMigrate.Changes;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Updates;

namespace EfSafeMigrate.Documents;

/// <summary>The plan for whoever approves it: what changes, how, at which risk, and with which commands.</summary>
internal static class PlanPage
{
    public static string Of(Dossier dossier)
    {
        var tables = ChangedTable.Of([.. dossier.Migrations.Select(each => each.Migration)]);
        var (strategy, risk, rollout) = (Strategy.Of(dossier), Risk.Of(dossier), dossier.Rollout);
        return Page.Fill("plan.md", new Dictionary<string, string>
        {
            ["title"] = dossier.Title,
            ["about"] = About(dossier),
            ["description"] = Page.List(dossier.Migrations.Select(Sentence)),
            ["scope"] = Page.List(InScope(dossier)),
            ["out-of-scope"] = Page.List(OutOfScope(dossier)),
            ["schema"] = SchemaSection.Of(tables, level: 3),
            ["tables"] = tables.Count == 0 ? "" : Page.Fenced("mermaid", Diagrams.Tables(tables)),
            ["phases"] = Page.Join(Page.Fenced("mermaid", Diagrams.Phases(rollout)), Phases(dossier)),
            ["data"] = DataSteps.Of(dossier),
            ["strategy"] = Page.Text($"**{strategy.Word}.** {strategy.Because}"),
            ["risk"] = Page.Join(Page.Text($"**{risk.Word}.** {risk.Because}"), Findings(dossier)),
            ["locks"] = LockForecast.Of(dossier),
            ["code"] = ImpactedCode.Of(tables, dossier.Review.CodeUses, dossier.Review.Folder),
            ["dependencies"] = Dependencies.Of(dossier),
            ["checklist"] = Page.Tasks(Checklist.Of(dossier)),
            ["deployment"] = Deployment.Of(dossier),
            ["approval"] = Approval(dossier, risk, strategy),
        });
    }

    /// <summary>Project, server, and how many migrations, as prose.</summary>
    public static string About(Dossier dossier) => Page.Text(
        $"{Markdown.Text(Headline.Subject(dossier.Review))}. {Markdown.Text(Headline.Server(dossier.Review))}.");

    /// <summary>What a migration does, as Markdown.</summary>
    public static string Sentence(ReviewedMigration migration) => $"{Markdown.Code(migration.Migration.Name)}: {Markdown.Text(string.Join("; ", Deeds.Of(migration)))}";

    private static IEnumerable<string> InScope(Dossier dossier) =>
    [
        .. dossier.Migrations.Select(migration => $"the migration {Markdown.Code(migration.Migration.Id)}"),
        .. dossier.Held.Select(held => $"the contract of {Markdown.Code(held.Name)}, which is written later: {Markdown.Text(string.Join("; ", held.Migrations.SelectMany(migration => migration.Summary)))}"),
    ];

    private static IEnumerable<string> OutOfScope(Dossier dossier) =>
    [
        .. dossier.HasMore ? ["changes of the model that have no migration yet"] : Array.Empty<string>(),
        .. dossier.AlsoPending.Count > 0 ? [$"older migrations that are pending too and run first: {Page.Some([.. dossier.AlsoPending.Select(id => Markdown.Code(id))])}"] : Array.Empty<string>(),
        "every table that is not listed under the schema",
        "the deployment of the application itself",
    ];

    private static string Phases(Dossier dossier) => Page.Table(
        ["migration", "phase", "does", "others notice"],
        dossier.Migrations.Select(migration => (IReadOnlyList<string>)
        [
            Markdown.Code(migration.Migration.Name, inTable: true), migration.Migration.Phase is { } mark ? Markdown.Text(mark.Phase.ToLowerInvariant()) : "",
            string.Join("<br>", Deeds.Of(migration).Select(Markdown.Text)), Markdown.Text(Deeds.Cost(migration)),
        ]).Concat(dossier.Held.SelectMany(held => held.Migrations.Select(migration => (IReadOnlyList<string>)
        [
            Markdown.Code($"{held.Name}{migration.Suffix}", inTable: true), "contract, held", string.Join("<br>", migration.Summary.Select(Markdown.Text)), "",
        ]))));

    public static string Findings(Dossier dossier) => Page.Table(
        ["severity", "rule", "migration", "what happens"],
        dossier.Migrations.SelectMany(migration => migration.Findings.Where(finding => finding is { Waiver: null, IsAdvice: false, Severity: > Severity.Safe }).OrderByDescending(finding => finding.Severity)
            .Select(finding => (IReadOnlyList<string>)[Headline.Word(finding.Severity), Markdown.Code(finding.Rule), Markdown.Code(migration.Migration.Name, inTable: true), Markdown.Text(finding.Message)])));

    private static string Approval(Dossier dossier, Risk risk, Strategy strategy)
    {
        var count = "migration".ToQuantity(dossier.Migrations.Count);
        var question = $"**May these {count} be applied{(dossier.Database is { } database ? $" to {Markdown.Code($"{database.Target.Database}@{database.Target.Server}")}" : "")}?** Strategy {strategy.Word}, risk {risk.Word}.";
        var hashes = dossier.Rollout.Runs.Where(run => run.Hash is not null).Select(run => (IReadOnlyList<string>)
            [$"`{string.Join(' ', ["apply", .. run.Reach])}`", "migration".ToQuantity(run.Migrations.Count), Markdown.Code(Digest.Spoken(run.Hash!)), run.Destroys ? "yes" : "no"]).ToArray();
        return hashes.Length == 0
            ? Page.Join(Page.Text(question), Page.Text("The hash of a plan holds for one database: `--plan-only` shows it there, and whoever approves gives it back."), Page.Shell(dossier.Calls.OnDatabase(["apply", .. dossier.Rollout.Runs.Take(1).SelectMany(run => run.Reach), "--plan-only"])))
            : Page.Join(Page.Text(question), Page.Table(["run", "of", "hash of the plan", "destroys data"], hashes), Page.Text($"{ToolCalls.Short("approve HASH")} writes the approval into the journal of the database. A plan that has changed since has another hash, and is refused."));
    }
}
