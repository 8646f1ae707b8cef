using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>Waivers above a statement, in it, or behind it on its last line; <see cref="WaiverText"/> has the form.</summary>
internal static class WaiverComments
{
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
                .SelectMany(comment => Read(comment, start))
                .Where(waiver => !waiver.OfFile),
        ];
    }

    public static IReadOnlyList<Waiver> All(Script script, int? start) => [.. script.Comments.SelectMany(comment => Read(comment, start))];

    private static IEnumerable<Waiver> Read(Comment comment, int? start) =>
        WaiverText.Read(comment.Text).Select(waiver => waiver with { Offset = (start ?? 0) + comment.Offset });

    private static bool SameLine(Script script, int from, int to) => to >= from && script.Sql.AsSpan(from, to - from).IndexOf('\n') < 0;
}
