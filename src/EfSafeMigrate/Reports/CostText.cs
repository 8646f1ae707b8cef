using EfSafeMigrate.Plans;
using EfSafeMigrate.Rules;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>Why one migration is written, and what it costs.</summary>
internal sealed class CostText(IAnsiConsole console)
{
    public void Write(IReadOnlyList<ReviewedMigration> judged, string why)
    {
        console.WriteLine();
        Wrapped($"One migration: {why}.", 2);
        foreach (var line in Lines(judged))
        {
            Wrapped(line, 4);
        }
        console.WriteLine();
    }

    /// <summary>What it does to others, a sentence each.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<ReviewedMigration> judged) =>
        judged.SelectMany(migration => migration.Findings).Where(finding => finding.Severity > Severity.Safe && finding.Waiver is null)
            .Select(finding => $"{(finding.Severity == Severity.Dangerous ? "✗" : "!")} {finding.Message}");

    private void Wrapped(string text, int indent)
    {
        foreach (var line in Paragraph.Wrap(text, indent, hanging: 2))
        {
            console.WriteLine(line);
        }
    }
}
