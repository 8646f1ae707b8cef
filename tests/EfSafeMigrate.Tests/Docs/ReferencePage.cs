using System.Globalization;
using System.Text;
using System.Text.Json;
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
        text.Append("\n## Settings\n\nKeys of `.config/safe-migrate.json`, which is looked for from the working directory upwards. Editors know them by\n[the schema](safe-migrate.schema.json): `\"$schema\": \"…/docs/safe-migrate.schema.json\"`. A key that has no meaning is refused.\n\n| key | about |\n|---|---|\n");
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Approval.Root, "docs", "safe-migrate.schema.json")));
        Keys(text, schema.RootElement, "");
        return text.ToString();
    }

    private static void Keys(StringBuilder text, JsonElement of, string path)
    {
        foreach (var key in of.GetProperty("properties").EnumerateObject().Where(key => key.Name != "$schema"))
        {
            var values = (key.Value.TryGetProperty("enum", out var own) || (key.Value.TryGetProperty("additionalProperties", out var each) && each.ValueKind == JsonValueKind.Object && each.TryGetProperty("enum", out own)))
                ? $" One of {string.Join(", ", own.EnumerateArray().Select(value => $"`{value.GetString()}`"))}." : "";
            text.Append(CultureInfo.InvariantCulture, $"| `{path}{key.Name}` | {key.Value.GetProperty("description").GetString()}{values} |\n");
            var (inner, below) = key.Value.TryGetProperty("items", out var items) ? (items, "[].") : (key.Value, ".");
            if (inner.TryGetProperty("properties", out _))
            {
                Keys(text, inner, $"{path}{key.Name}{below}");
            }
        }
    }

    private static IEnumerable<CommandLineApplication> Commands(CommandLineApplication app) =>
        app.Commands.SelectMany(command => command.Commands.Count == 0 || command.Options.Count > 0 ? Commands(command).Prepend(command) : Commands(command));

    private static string Commanded(CommandLineApplication command) => command.Parent is { Parent: not null } parent ? $"{parent.Name} {command.Name}" : command.Name!;
}
