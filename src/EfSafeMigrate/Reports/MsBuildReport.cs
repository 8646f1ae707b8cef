using System.Text;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Reports;

/// <summary>One line a finding in the form that MSBuild, Visual Studio and most editors read: <c>file(line,column): error rule: message</c>.</summary>
internal static class MsBuildReport
{
    /// <summary>Stands where there is no file.</summary>
    private const string Tool = "safe-migrate";

    public static string Of(Review review)
    {
        var lines = new StringBuilder();
        foreach (var finding in review.Gravest())
        {
            if (Category(finding) is { } category)
            {
                lines.Append(Origin(finding, review.Folder)).Append(": ").Append(category).Append(' ').Append(finding.Rule).Append(": ").Append(PlainText.Line(Sentence(finding))).Append('\n');
            }
        }
        return lines.ToString();
    }

    /// <summary>There are only two; what is less than a warning is left out.</summary>
    private static string? Category(Finding finding) => Levels.Of(finding) switch
    {
        Level.Error => "error",
        Level.Warning => "warning",
        _ => null,
    };

    /// <summary>Full paths, as compilers give them: the reader's working directory may be another.</summary>
    private static string Origin(Finding finding, ReviewedFolder folder)
    {
        var file = (finding.Origin.File ?? folder.Home) is { } known ? PlainText.Line(folder.FullPathOf(known)) : null;
        // Behind a drive letter, a colon ends the origin.
        return file is null || file.IndexOf(':', Math.Min(2, file.Length)) >= 0 ? Tool : $"{file}{Position(finding)}";
    }

    private static string Position(Finding finding) => finding.Origin switch
    {
        { File: null } or { Line: null } => "",
        { Line: { } line, Column: { } column } => $"({line},{column})",
        { Line: var line } => $"({line})",
    };

    private static string Sentence(Finding finding) => $"{finding.Message} → {finding.Cure.Advice}";
}
