using System.Text;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Reports;

/// <summary>A comment on a pull request: the gravest first, details folded, and never longer than such a comment may be.</summary>
internal sealed class MarkdownReport
{
    /// <summary>GitHub refuses a comment of more than 65,536 characters.</summary>
    private const int Limit = 59_000;

    private const int LongestSentence = 1_000;
    private const int LongestSql = 4_000;
    private const int ListedMigrations = 30;
    private const int ListedRemarks = 10;

    /// <summary>By this line a script finds its comment again, to write the next one in its place.</summary>
    private const string Mark = "<!-- dotnet safe-migrate review -->";

    private readonly StringBuilder text = new();

    private MarkdownReport(Review review)
    {
        text.Append(Mark).Append("\n### ").Append(Verdict(review)).Append(Headline.Counts(review)).Append("\n\n");
        text.Append(Markdown.Text(Sentence(Headline.Subject(review)))).Append("  \n").Append(Markdown.Text(Sentence(Headline.Server(review))));
        text.Append(Headline.Chosen(review) is { } chosen ? $"  \n{Markdown.Text(Sentence(chosen))}" : "").Append("\n\n");
        Remarks(review);
        Migrations(review);
        Findings(review);
        Code(review);
        Waived(review);
        Foot(review);
    }

    public static string Of(Review review) => new MarkdownReport(review).text.ToString();

    private static string Verdict(Review review) => $"{Sign(review.Findings.Where(finding => finding.Waiver is null).Select(finding => finding.Severity).DefaultIfEmpty().Max())} ";

    private static string Sign(Severity severity) => severity switch { Severity.Dangerous => "🔴", Severity.Careful => "🟡", _ => "🟢" };

    private void Remarks(Review review)
    {
        foreach (var remark in Headline.Remarks(review).Take(ListedRemarks))
        {
            text.Append("- ").Append(Markdown.Text(PlainText.Cut(remark, 200))).Append("\n\n");
        }
    }

    private void Migrations(Review review)
    {
        var listed = review.Migrations.Where(migration => migration.Severity > Severity.Safe).ToArray();
        if (listed.Length > 0)
        {
            text.Append("| | migration | findings | |\n|---|---|---|---|\n");
        }
        foreach (var migration in listed.Take(ListedMigrations))
        {
            var id = Markdown.Code(PlainText.Cut(migration.Migration.Id, 120), inTable: true);
            text.Append("| ").Append(Sign(migration.Severity)).Append(" | ").Append(id).Append(" | ").Append(Headline.Counts(migration.Findings))
                .Append(" | ").Append(Markdown.Text(PlainText.Cut(Headline.LongestStop(migration.Findings), 80))).Append(" |\n");
        }
        if (listed.Length > ListedMigrations)
        {
            text.Append("| | and ").Append("more migration".ToQuantity(listed.Length - ListedMigrations)).Append(" | | |\n");
        }
        if (review.Migrations.Count > listed.Length)
        {
            text.Append('\n').Append((listed.Length > 0 ? "more migration" : "migration").ToQuantity(review.Migrations.Count - listed.Length)).Append(": safe\n");
        }
        text.Append('\n');
    }

    private void Findings(Review review)
    {
        var findings = review.Gravest();
        for (var at = 0; at < findings.Count; at++)
        {
            var entry = Entry(review, findings[at]);
            if (text.Length + entry.Length > Limit - 1_000)
            {
                Cut([.. findings.Skip(at)]);
                return;
            }
            text.Append(entry);
        }
    }

    private void Cut(IReadOnlyList<Finding> left) => text.Append("**").Append("more finding".ToQuantity(left.Count)).Append("** (").Append(Headline.Counts(left))
        .Append(left.Count == 1 ? ") is" : ") are").Append(" left out here, because a comment must not be longer. `dotnet safe-migrate review` shows all.\n\n");

    private static string Entry(Review review, Finding finding)
    {
        var entry = new StringBuilder();
        var place = Place.Of(finding, review.Folder).Spoken is { } spoken ? Markdown.Code(PlainText.Cut(spoken, 300)) : "";
        var open = finding.Severity == Severity.Dangerous || finding.NeedsWaiver;
        if (open)
        {
            entry.Append("#### ").Append(Sign(finding.Severity)).Append(' ').Append(finding.Rule).Append(" · ").Append(place).Append("\n\n");
        }
        else
        {
            entry.Append("<details><summary>").Append(Sign(finding.Severity)).Append(' ').Append(finding.Rule).Append(": ").Append(Markdown.Html(PlainText.Cut(finding.Message, 160))).Append("</summary>\n\n").Append(place).Append("  \n");
        }
        entry.Append(Markdown.Text(Sentence(finding.Message))).Append("  \n<sub>").Append(Markdown.Text(Sentence(finding.Evidence))).Append("</sub>\n\n→ ").Append(Markdown.Text(Sentence(finding.Cure.Advice))).Append("\n\n");
        if (Sql(finding) is { Length: > 0 } sql)
        {
            entry.Append(open ? "<details><summary>SQL</summary>\n\n" : "").Append(Markdown.Block(sql, "sql")).Append(open ? "\n</details>\n\n" : "\n");
        }
        return entry.Append(open ? "" : "</details>\n\n").ToString();
    }

    private static string Sql(Finding finding)
    {
        var sql = string.Join("\n\n", finding.Cure.Migrations.Select((migration, at) =>
            $"-- {(finding.Cure.Migrations.Count > 1 ? $"migration {at + 1}" : "a migration of its own")}{(migration.OutsideTransaction ? ", suppressTransaction: true" : "")}\n{string.Join('\n', migration.Sql)}"));
        return sql.Length <= LongestSql ? sql : $"{PlainText.Cut(sql, LongestSql)}\n-- cut here: {sql.Length - LongestSql:N0} characters more";
    }

    private void Code(Review review)
    {
        if (review.CodeUses is { } uses)
        {
            text.Append(CodeUsesMarkdown.Summary(uses));
            var lines = CodeUsesMarkdown.Lines(uses, review.Folder).ToArray();
            var room = lines.TakeWhile(Fits).Count();
            text.Append(room < lines.Length ? "- and more, which `dotnet safe-migrate review --impact` shows\n" : "").Append("\n</details>\n\n");
        }
    }

    private void Waived(Review review)
    {
        var lines = review.Findings.Where(finding => finding.Waiver is not null)
            .Select(finding => $"- {finding.Rule}: {Markdown.Text(PlainText.Cut(finding.Message, 300))} Accepted: {Markdown.Text(PlainText.Cut(finding.Waiver!.Reason ?? "", 300))}\n")
            .ToArray();
        if (lines.Length == 0)
        {
            return;
        }
        text.Append("<details><summary>").Append(lines.Length).Append(" waived</summary>\n\n");
        var room = lines.TakeWhile(line => Fits(line)).Count();
        if (room < lines.Length)
        {
            text.Append("- and ").Append(lines.Length - room).Append(" more\n");
        }
        text.Append("\n</details>\n\n");
    }

    private bool Fits(string line)
    {
        var fits = text.Length + line.Length <= Limit - 500;
        text.Append(fits ? line : "");
        return fits;
    }

    private void Foot(Review review) => text.Append("<sub>").Append(Headline.Exit(review) is { Length: > 0 } exit ? $"{exit} · " : "").Append("dotnet safe-migrate ")
        .Append(ToolVersion.Number).Append("</sub>\n");

    private static string Sentence(string sentence) => PlainText.Cut(sentence, LongestSentence);
}
