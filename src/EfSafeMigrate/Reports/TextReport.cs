using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
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
        Noted(review);
        foreach (var migration in review.Migrations)
        {
            Migration(migration);
        }
        foreach (var (line, style) in review.CodeUses is { } uses ? CodeUsesText.Of(uses, review.Folder) : [])
        {
            Line(line, style);
        }
        Footer(review);
    }

    private void Header(Review review)
    {
        Line();
        Wrapped(Headline.Subject(review), 2, hanging: 4, Strong);
        Wrapped(Headline.Server(review), 2, hanging: 4);
        if (Headline.Chosen(review) is { } chosen)
        {
            Wrapped(chosen, 2, hanging: 4, Quiet);
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

    private void Noted(Review review)
    {
        foreach (var note in review.Notes)
        {
            Wrapped(note, 2);
        }
        if (review.Notes.Count > 0)
        {
            Line();
        }
    }

    private void Migration(ReviewedMigration reviewed)
    {
        var label = reviewed.Severity switch { Severity.Dangerous => "DANGEROUS", Severity.Careful => "careful", _ => "safe" };
        var id = $"  {reviewed.Migration.Id}";
        Line($"{id}{new string(' ', Math.Max(2, Paragraph.Width - id.Length - label.Length))}{label}", Colour(reviewed.Severity, Strong));
        foreach (var finding in reviewed.Findings)
        {
            Finding(finding);
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
        if (reviewed.Situations.Count == 0 && reviewed.Findings.Count == 0)
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
        var (total, stop) = (Headline.Counts(review), Headline.LongestStop(review.Findings));
        Line($"  {total}{new string(' ', Math.Max(2, Paragraph.Width - 2 - total.Length - stop.Length))}{stop}".TrimEnd(), Strong);
        foreach (var line in Overruled.Lines(review))
        {
            Wrapped(line, 2, style: Quiet);
        }
        if (Headline.Exit(review) is { Length: > 0 } exit)
        {
            Line($"  {exit}", Quiet);
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
        console.WriteLine(PlainText.Visible(text), style ?? Style.Plain);
}
