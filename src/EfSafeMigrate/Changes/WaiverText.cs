using System.Text.RegularExpressions;

namespace EfSafeMigrate.Changes;

/// <summary>
/// <c>safe-migrate: ignore RULE because REASON</c> in a comment of SQL or C#, for what stands beneath it;
/// <c>ignore-file</c> for all of the file. Several rules are parted by commas.
/// </summary>
internal static partial class WaiverText
{
    private const string Mark = "safe-migrate:";

    /// <summary>True for a comment that speaks to this tool.</summary>
    public static bool Is(ReadOnlySpan<char> comment) => comment.Contains(Mark, StringComparison.OrdinalIgnoreCase);

    /// <summary>One for each rule that is named; one without a rule where the form is another.</summary>
    /// <param name="comment">With its marks.</param>
    public static IEnumerable<Waiver> Read(string comment)
    {
        var text = LineBreaks().Replace(Marks().Replace(comment, "").Trim(), " ");
        var read = Form().Match(text);
        var reason = read.Groups["reason"] is { Success: true, Value: var given } ? given.Trim() : null;
        var rules = read.Success ? read.Groups["rules"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [""];
        return rules.Select(rule => new Waiver(rule, reason, text) { OfFile = read.Groups["file"].Success });
    }

    [GeneratedRegex(@"^(?:--|#|//|/\*+)\s*(?:\*\s+)?|\s*\**\*/$")]
    private static partial Regex Marks();

    /// <summary>A block comment may begin its lines with stars.</summary>
    [GeneratedRegex(@"\s*\n\s*(?:\*\s*)?")]
    private static partial Regex LineBreaks();

    [GeneratedRegex(@"^safe-migrate:\s*ignore(?<file>-file)?\s+(?<rules>[\w-]+(?:\s*,\s*[\w-]+)*)(?:\s+because\s+(?<reason>\S.*))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
