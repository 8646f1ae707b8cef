using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary><c>-- safe-migrate: ignore RULE because REASON</c>, above a statement, in it, or behind it on its last line.</summary>
internal static partial class WaiverComments
{
    public const string Mark = "safe-migrate:";

    /// <param name="from">The statement's first token.</param>
    /// <param name="to">The token behind its last.</param>
    /// <param name="start">Where the script starts in the whole text; null when it does not stand there as it is.</param>
    public static IReadOnlyList<Waiver> Of(Script script, int from, int to, int? start)
    {
        if (script.Comments.Count == 0 || to <= from)
        {
            return [];
        }
        var before = from == 0 ? 0 : script.Tokens[from - 1].End;
        var end = script.Tokens[to - 1].End;
        return
        [
            .. script.Comments
                .Where(comment => comment.Offset >= before
                    && (comment.Offset < end || SameLine(script, end, comment.Offset))
                    && (from == 0 || !SameLine(script, before, comment.Offset) || comment.Offset > script.Tokens[from].Offset))
                .SelectMany(comment => Read(comment, start)),
        ];
    }

    public static IReadOnlyList<Waiver> All(Script script, int? start) => [.. script.Comments.SelectMany(comment => Read(comment, start))];

    /// <summary>One for each rule that is named.</summary>
    public static IEnumerable<Waiver> Read(Comment comment, int? start)
    {
        var text = Marks().Replace(comment.Text, "").Trim();
        var read = Form().Match(text);
        var reason = read.Groups["reason"] is { Success: true, Value: var given } ? given.Trim() : null;
        var rules = read.Success ? read.Groups["rules"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [""];
        return rules.Select(rule => new Waiver(rule, reason, text) { Offset = (start ?? 0) + comment.Offset });
    }

    private static bool SameLine(Script script, int from, int to) => to >= from && script.Sql.AsSpan(from, to - from).IndexOf('\n') < 0;

    [GeneratedRegex(@"^(?:--|#|/\*)\s*|\s*\*/$")]
    private static partial Regex Marks();

    [GeneratedRegex(@"^safe-migrate:\s*ignore\s+(?<rules>[\w-]+(?:\s*,\s*[\w-]+)*)(?:\s+because\s+(?<reason>\S.*))?$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Form();
}
