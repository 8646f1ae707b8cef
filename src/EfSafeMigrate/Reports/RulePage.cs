using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Reports;

/// <summary>A rule with its examples, as its page in <c>docs/rules</c> has them.</summary>
/// <param name="Examples">What is flagged and what is not.</param>
internal sealed record RulePage(Rule Rule, IReadOnlyList<RuleExample> Examples)
{
    private const string Heading = "## ";
    private const string Fence = "```";

    public static RulePage Of(Rule rule)
    {
        using var reader = new StreamReader(typeof(RulePage).Assembly.GetManifestResourceStream($"rules/{rule.Id}.md") ?? throw new InvalidOperationException($"There is no page of {rule.Id}."));
        return new(rule, [.. reader.ReadToEnd().ReplaceLineEndings("\n").Split($"\n{Heading}").Skip(1).Select(Example)]);
    }

    public bool IsAcceptable => Rule.Id != Policy.Fixed[0];

    /// <summary>How a person accepts what it says, line by line.</summary>
    public IReadOnlyList<string> Acceptance => !IsAcceptable ? ["It cannot be accepted: what it speaks of wants mending."] :
    [
        "In a comment above the operation, in SQL with -- in place of //:",
        $"  // safe-migrate: ignore {Rule.Id} because REASON",
        "Wherever it is said, or with \"migration\" or \"table\" there, in .config/safe-migrate.json:",
        $$"""  "waivers": [{ "rule": "{{Rule.Id}}", "because": "REASON" }]""",
        .. !Policy.Fixed.Contains(Rule.Id) ? ["To have it weigh otherwise, or not at all, there:", $$"""  "severities": { "{{Rule.Id}}": "careful" }   or "off" """.TrimEnd()] : Array.Empty<string>(),
    ];

    private static RuleExample Example(string section)
    {
        var lines = section.Split('\n');
        List<IReadOnlyList<string>> blocks = [];
        List<string>? block = null;
        foreach (var line in lines.Skip(1))
        {
            if (!line.StartsWith(Fence, StringComparison.Ordinal))
            {
                block?.Add(line);
            }
            else if (block is null)
            {
                block = [];
            }
            else
            {
                blocks.Add(block);
                block = null;
            }
        }
        return new(lines[0], blocks[0], blocks.Count > 1 ? blocks[1] : []);
    }
}

/// <param name="Title"><c>Flagged: a column with values</c>.</param>
/// <param name="Change">SQL, or operations, a line each.</param>
/// <param name="Finding">What a review says of it; empty where it says nothing.</param>
internal sealed record RuleExample(string Title, IReadOnlyList<string> Change, IReadOnlyList<string> Finding);
