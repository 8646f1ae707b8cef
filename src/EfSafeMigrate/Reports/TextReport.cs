using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;
using Humanizer;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>The report a person reads on a terminal: 80 columns, sensible without colour.</summary>
internal sealed class TextReport(IAnsiConsole console)
{
    private const int ListedChanges = 5;

    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Quiet = new(Color.Grey);

    public void Write(Review review)
    {
        Header(review);
        Observed(review);
        foreach (var migration in review.Migrations)
        {
            Migration(migration);
        }
        Footer(review);
    }

    private void Header(Review review)
    {
        Line();
        Wrapped(review.Context is null ? $"{review.Project} · {Carried(review.Transaction)}" : string.Join(" · ", [review.Project, review.Context, .. review.EfVersion is { } ef ? [$"EF Core {ef}"] : Array.Empty<string>(), $"{Provider(review.Provider ?? "")} {review.ProviderVersion}".TrimEnd()]), 2, hanging: 4, Strong);
        Wrapped(Server(review), 2, hanging: 4);
        if (review.Chosen is { } chosen)
        {
            Wrapped($"reviewed: {chosen}", 2, hanging: 4, Quiet);
        }
        foreach (var note in review.Notes)
        {
            Wrapped(note, 2, hanging: 4, Quiet);
        }
        Line();
    }

    private void Observed(Review review)
    {
        var observations = Observations.Of(review);
        if (observations.Count == 0)
        {
            return;
        }
        Line("  In the database now", Strong);
        foreach (var observation in observations)
        {
            Wrapped(observation, 4, hanging: 2);
        }
        Line();
    }

    /// <summary><c>Npgsql.EntityFrameworkCore.PostgreSQL</c> is known as Npgsql, Microsoft's by their last word.</summary>
    private static string Provider(string provider)
    {
        var parts = provider.Split('.');
        return parts[0] == "Microsoft" ? parts[^1] : parts[0];
    }

    private static string Carried(ScriptTransaction? transaction) => transaction switch
    {
        ScriptTransaction.Migration => "SQL in one transaction",
        ScriptTransaction.None => "SQL, each statement by itself",
        _ => "SQL, transactions as written",
    };

    private static string Server(Review review)
    {
        var version = review.Facts.Version.Value is { } known
            ? $"{review.Engine.Name} {known}{(review.Facts.Version.Basis == FactBasis.Assumed ? " (given)" : "")}"
            : $"{review.Engine.Name} {review.Engine.Assumed} assumed";
        if (review.OtherEngines.Count > 0)
        {
            version += $" (the provider serves {string.Join(" and ", review.OtherEngines.Select(other => other.Name))} too: `engine` in .config/safe-migrate.json says which)";
        }
        var target = review.Facts.Target is { } name ? $", {name}" : "";
        var sizes = review.Facts.MeasuredAt is { } at ? $"sizes measured {at:HH:mm}"
            : review.Facts.Tables.Count > 0 ? "sizes as given, others unknown and taken as large"
            : "sizes unknown, taken as large";
        return $"{version}{target} · {sizes}{(review.Facts.NoTraffic ? " · no traffic, as given" : "")} · {Count(review)}";
    }

    private static string Count(Review review) =>
        review.Migrations.Count(migration => migration.Migration is { IsPendingModel: false, IsByHand: false, IsRemark: false }) is var count && count == 0 && review.Transaction is not null
            ? "statement".ToQuantity(review.Migrations.SelectMany(migration => migration.Situations).Select(situation => situation.Change.Origin.Operation).Distinct().Count())
            : "migration".ToQuantity(count);

    private void Migration(ReviewedMigration reviewed)
    {
        var label = reviewed.Severity switch { Severity.Dangerous => "DANGEROUS", Severity.Careful => "careful", _ => "safe" };
        var id = $"  {reviewed.Migration.Id}";
        Line($"{id}{new string(' ', Math.Max(2, Paragraph.Width - id.Length - label.Length))}{label}", Colour(reviewed.Severity, Strong));
        foreach (var finding in reviewed.Findings)
        {
            Finding(finding);
        }
        foreach (var waiver in reviewed.UnusedWaivers)
        {
            Head("  ~ unused waiver", waiver.File, waiver.Line, Quiet);
            Wrapped($"{waiver.Rule} is waived here and says nothing: the comment can go.", 4, style: Quiet);
        }
        var quiet = reviewed.Situations.Where(situation => situation.Change is not TransactionControl && !reviewed.Findings.Any(finding => finding.Origin == situation.Change.Origin)).ToArray();
        foreach (var situation in quiet.Take(ListedChanges))
        {
            Wrapped(Phrase.Of(situation), 4, style: Quiet);
        }
        if (quiet.Length > ListedChanges)
        {
            Line($"    and {"more change".ToQuantity(quiet.Length - ListedChanges)}", Quiet);
        }
        if (reviewed.Situations.Count == 0)
        {
            Line("    changes nothing", Quiet);
        }
        Line();
    }

    private void Finding(Finding finding)
    {
        if (finding.Waiver is { } waiver)
        {
            Head($"  ~ {finding.Rule}, waived", finding.Origin.File, finding.Origin.Line, Quiet);
            Wrapped(finding.Message, 4, style: Quiet);
            Wrapped($"accepted: {waiver.Reason}", 4, style: Quiet);
            return;
        }
        var mark = finding.Severity switch { Severity.Dangerous => "✗", Severity.Careful => "!", _ => "·" };
        Head($"  {mark} {finding.Rule}", finding.Origin.File, finding.Origin.Line, Colour(finding.Severity, Style.Plain));
        Wrapped(finding.Message, 4);
        Wrapped(finding.Evidence, 4, style: Quiet);
        Wrapped($"→ {finding.Cure.Advice}", 4, hanging: 2);
        for (var index = 0; index < finding.Cure.Migrations.Count; index++)
        {
            var migration = finding.Cure.Migrations[index];
            var number = finding.Cure.Migrations.Count > 1 ? $"migration {index + 1}" : "a migration of its own";
            Line($"        -- {number}{(migration.OutsideTransaction ? ", suppressTransaction: true" : "")}", Quiet);
            foreach (var sql in migration.Sql.SelectMany(sql => sql.Split('\n')))
            {
                Wrapped(sql, 8, hanging: 2);
            }
        }
    }

    private void Head(string head, string? file, int? line, Style style)
    {
        var place = file is null ? "" : Shortened(line is null ? file : $"{file}:{line}", Paragraph.Width - head.Length - 2);
        Line($"{head}{new string(' ', Math.Max(2, Paragraph.Width - head.Length - place.Length))}{place}".TrimEnd(), style);
    }

    private void Footer(Review review)
    {
        var waived = review.Findings.Count(finding => finding.Waiver is not null);
        var findings = review.Findings.Where(finding => finding.Waiver is null).ToArray();
        var counts = new[] { Severity.Dangerous, Severity.Careful }
            .Select(severity => (Severity: severity, Count: findings.Count(finding => finding.Severity == severity)))
            .Where(group => group.Count > 0)
            .Select(group => $"{group.Count} {group.Severity.ToString().ToLowerInvariant()}");
        var total = findings.Any(finding => finding.Severity > Severity.Safe) ? string.Join(" · ", counts) : "nothing to worry about";
        total += waived > 0 ? $" · {waived} waived" : "";
        var longest = findings
            .Where(finding => finding.Blocks != Blocks.Nothing && finding.Estimate?.High is not null && finding.Table is not null)
            .MaxBy(finding => finding.Estimate!.High);
        var stop = longest is { Estimate: { High: { TotalMilliseconds: > 5 } high, Low: { } low } }
            ? $"longest stop: {longest.Table}, ≈ {Say.Duration(Estimate.Middle(low, high))}" : "";
        Line($"  {total}{new string(' ', Math.Max(2, Paragraph.Width - 2 - total.Length - stop.Length))}{stop}".TrimEnd(), Strong);
        if (review.FailOn is { } threshold)
        {
            var unread = findings.Any(finding => finding.NeedsWaiver) ? "; what is not read needs a waiver" : "";
            Line($"  exit {review.Code} (threshold: {threshold.ToString().ToLowerInvariant()}{unread})", Quiet);
        }
    }

    private static Style Colour(Severity severity, Style style) => severity switch
    {
        Severity.Dangerous => style.Foreground(Color.Red),
        Severity.Careful => style.Foreground(Color.Yellow),
        _ => style.Foreground(Color.Green),
    };

    private static string Shortened(string path, int room)
    {
        if (path.Length <= room)
        {
            return path;
        }
        var keep = Math.Max(12, room - 1);
        return keep >= path.Length ? path : $"…{path[^keep..]}";
    }

    private void Wrapped(string text, int indent, int hanging = 0, Style? style = null)
    {
        foreach (var line in Paragraph.Wrap(text, indent, hanging))
        {
            Line(line, style);
        }
    }

    /// <summary>Names come from other people's databases: none of them may move the cursor or ring the bell.</summary>
    private void Line(string text = "", Style? style = null) =>
        console.WriteLine(string.Concat(text.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter)), style ?? Style.Plain);
}
