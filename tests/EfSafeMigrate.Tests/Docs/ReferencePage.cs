using System.Globalization;
using System.Text;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Preflight;
using Humanizer;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Tests.Docs;

/// <summary>The page of all commands, written from the code; UPDATE_DOCS=1 writes it.</summary>
public class ReferencePage
{
    [Fact]
    public void IsWhatTheCodeSays() => Approval.Check("docs/reference.md", Page(), "UPDATE_DOCS");

    private static string Page()
    {
        var text = new StringBuilder("# Reference\n\nThis page is written by the tests from the code.\n");
        foreach (var command in Commands(Program.Build()))
        {
            using var help = new StringWriter();
            command.HelpTextGenerator.Generate(command, help);
            text.Append(CultureInfo.InvariantCulture, $"\n## {Commanded(command)}\n\n```text\n{help.ToString().ReplaceLineEndings("\n").TrimEnd()}\n```\n");
        }
        text.Append("\n## What `apply` checks before the first step\n\n");
        foreach (var check in PreflightChecks.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {check.Title}\n");
        }
        text.Append("\n## Events of hooks\n\n");
        foreach (var when in Enum.GetValues<HookEvent>())
        {
            text.Append(CultureInfo.InvariantCulture, $"- `{when.ToString().Kebaberize()}`\n");
        }
        return text.ToString();
    }

    private static IEnumerable<CommandLineApplication> Commands(CommandLineApplication app) =>
        app.Commands.SelectMany(command => command.Commands.Count > 0 ? Commands(command) : [command]);

    private static string Commanded(CommandLineApplication command) => command.Parent is { Parent: not null } parent ? $"{parent.Name} {command.Name}" : command.Name!;
}
