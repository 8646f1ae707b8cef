using System.Text.Json.Nodes;
using EfSafeMigrate.Rules;
using Spectre.Console;
using Rule = EfSafeMigrate.Rules.Rule;

namespace EfSafeMigrate.Reports;

/// <summary>A rule's page, and the list of all rules, for people and for programs.</summary>
internal sealed class ExplainReport(IAnsiConsole console)
{
    private const int Indent = 4;

    /// <summary>Where the second column of the list begins, when the name leaves it room.</summary>
    private const int Column = 38;

    private static readonly Style Strong = new(decoration: Decoration.Bold);

    public void Write(RulePage page)
    {
        var (rule, category) = (page.Rule, Word(page.Rule.Category));
        console.WriteLine();
        console.WriteLine($"  {rule.Id}{new string(' ', Math.Max(2, Paragraph.Width - 2 - rule.Id.Length - category.Length))}{category}", Strong);
        Wrapped($"{rule.Title}.{(rule.OnRequest ? " Advice on design: asked with --hygiene." : "")}", 2);
        Section("When", [rule.Condition]);
        Section("What goes wrong", [rule.Effect]);
        Section("Instead", [rule.Workaround]);
        foreach (var example in page.Examples)
        {
            Section(example.Title, example.Change);
            if (example.Finding.Count > 0)
            {
                console.WriteLine();
                Lines(example.Finding);
            }
        }
        Section("To accept it", page.Acceptance);
    }

    public void WriteAll()
    {
        foreach (var category in RuleBook.Rules.GroupBy(rule => rule.Category).OrderBy(group => group.Key))
        {
            console.WriteLine();
            console.WriteLine($"  {Capital(Word(category.Key))}", Strong);
            foreach (var rule in category)
            {
                foreach (var line in Paragraph.Wrap($"{rule.Id.PadRight(Column - Indent - 2)}  {rule.Title}".Replace("  ", "\u00A0\u00A0", StringComparison.Ordinal), Indent, hanging: Column - Indent))
                {
                    console.WriteLine(line.Replace('\u00A0', ' '));
                }
            }
        }
        console.WriteLine();
        console.WriteLine("  → dotnet safe-migrate explain RULE");
    }

    public static string Json(RulePage page) => Json(page.Rule, new JsonObject
    {
        ["condition"] = page.Rule.Condition,
        ["effect"] = page.Rule.Effect,
        ["workaround"] = page.Rule.Workaround,
        ["acceptable"] = page.IsAcceptable,
        ["examples"] = new JsonArray([.. page.Examples.Select(example => new JsonObject
        {
            ["title"] = example.Title, ["change"] = string.Join('\n', example.Change), ["finding"] = example.Finding.Count == 0 ? null : string.Join('\n', example.Finding),
        })]),
    }).ToJsonString();

    public static string Json() => new JsonObject
    {
        ["schemaVersion"] = 1,
        ["rules"] = new JsonArray([.. RuleBook.Rules.Select(rule => Json(rule, []))]),
    }.ToJsonString();

    private static JsonObject Json(Rule rule, JsonObject more)
    {
        var about = new JsonObject { ["rule"] = rule.Id, ["category"] = rule.Category.ToString().ToKebab(), ["title"] = rule.Title, ["onRequest"] = rule.OnRequest };
        foreach (var (key, value) in more.ToArray())
        {
            more.Remove(key);
            about[key] = value;
        }
        return about;
    }

    private void Section(string title, IReadOnlyList<string> lines)
    {
        console.WriteLine();
        console.WriteLine($"  {title}", Strong);
        Lines(lines);
    }

    private void Lines(IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            var text = line.TrimStart();
            Wrapped(text, Indent + line.Length - text.Length, hanging: text.StartsWith('→') ? 2 : 0);
        }
    }

    private void Wrapped(string text, int indent, int hanging = 0)
    {
        foreach (var line in Paragraph.Wrap(text, indent, hanging))
        {
            console.WriteLine(line);
        }
    }

    /// <summary><c>data-dependent</c>.</summary>
    private static string Word(Category category) => category.ToString().ToKebab();

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
