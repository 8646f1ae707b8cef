using System.Globalization;
using System.Text;
using EfSafeMigrate.Plans;

namespace EfSafeMigrate.Reports;

/// <summary>A plan as a page for a pull request: what the terminal says, with the phases as a diagram that GitHub and GitLab draw.</summary>
internal static class PlanMarkdown
{
    public static string Of(PlanOutline plan)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Markdown.Text(plan.Name)}\n\n{Markdown.Text(plan.Headline)}\n\n```mermaid\n{Diagram(plan)}```\n\n");
        text.Append("| phase | migration | does | others |\n|---|---|---|---|\n");
        foreach (var migration in plan.Migrations)
        {
            if (migration.Wait is { } wait)
            {
                text.Append(CultureInfo.InvariantCulture, $"| | | **{Markdown.Text(wait)}** | |\n");
            }
            text.Append(CultureInfo.InvariantCulture, $"| {(migration.First ? Phase(migration.Phase) : "")} | {Markdown.Code(migration.Name, inTable: true)} | {string.Join("<br>", migration.Does.Select(Markdown.Text))} | {Markdown.Text(migration.Cost)} |\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"\n## Undo\n\n{Markdown.Text(Sentence(plan.Undo))}\n");
        List(text, plan.Losses);
        if (plan.Notes.Count > 0)
        {
            text.Append("\n## Notes\n");
            List(text, plan.Notes);
        }
        return text.ToString();
    }

    /// <summary>One migration, and why.</summary>
    public static string Of(string name, string why, IReadOnlyList<ReviewedMigration> judged)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Markdown.Text(name)}\n\nOne migration: {Markdown.Text(why)}.\n");
        List(text, CostText.Lines(judged));
        return text.ToString();
    }

    /// <summary>From one migration to the next; what is waited for stands between them.</summary>
    private static string Diagram(PlanOutline plan)
    {
        var text = new StringBuilder("flowchart TD\n");
        var last = "old";
        text.Append("    old([\"the old release runs\"])\n");
        foreach (var phase in plan.Phases)
        {
            text.Append(CultureInfo.InvariantCulture, $"    subgraph {PlanOutline.Word(phase)} [\"{Phase(phase)}\"]\n");
            foreach (var (migration, index) in plan.Migrations.Select((migration, index) => (migration, index)).Where(each => each.migration.Phase == phase))
            {
                string[] lines = [migration.Name, .. migration.Does, migration.Cost];
                text.Append(CultureInfo.InvariantCulture, $"        m{index}[\"{string.Join("<br/>", lines.Select(Mermaid.Label))}\"]\n");
            }
            text.Append("    end\n");
        }
        foreach (var (migration, index) in plan.Migrations.Select((migration, index) => (migration, index)))
        {
            if (migration.Wait is { } wait)
            {
                text.Append(CultureInfo.InvariantCulture, $"    wait{index}{{{{\"{Mermaid.Label(wait)}\"}}}}\n    {last} --> wait{index}\n");
                last = $"wait{index}";
            }
            text.Append(CultureInfo.InvariantCulture, $"    {last} --> m{index}\n");
            last = $"m{index}";
        }
        return text.ToString();
    }

    private static string Phase(PhaseKind phase) => $"{PlanOutline.Number(phase).ToString(CultureInfo.InvariantCulture)} {PlanOutline.Word(phase)}";

    private static string Sentence(string clause) => $"{char.ToUpperInvariant(clause[0])}{clause[1..]}{(clause.EndsWith('.') ? "" : ":")}";

    private static void List(StringBuilder text, IEnumerable<string> sentences)
    {
        foreach (var (sentence, index) in sentences.Select((sentence, index) => (sentence, index)))
        {
            text.Append(CultureInfo.InvariantCulture, $"{(index == 0 ? "\n" : "")}- {Markdown.Text(sentence)}\n");
        }
    }
}
