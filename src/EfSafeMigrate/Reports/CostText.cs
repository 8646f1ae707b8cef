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
        foreach (var finding in judged.SelectMany(migration => migration.Findings).Where(finding => finding.Severity > Severity.Safe && finding.Waiver is null))
        {
            var mark = finding.Severity == Severity.Dangerous ? "✗" : "!";
            Wrapped($"{mark} {finding.Message}", 4);
        }
        console.WriteLine();
    }

    private void Wrapped(string text, int indent)
    {
        foreach (var line in Paragraph.Wrap(text, indent, hanging: 2))
        {
            console.WriteLine(line);
        }
    }
}
