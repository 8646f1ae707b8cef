using System.Globalization;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Updates.Preflight;

/// <summary>Standbys that are behind fall further behind, and a slot that nobody reads keeps all the log that a run writes.</summary>
internal sealed class FollowersCheck : PreflightCheck
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);
    private const long Behind = 256L << 20;
    private const long Kept = 1L << 30;

    public override string Title => "how far standbys are behind";

    public override async Task<IReadOnlyList<Objection>> CheckAsync(PreflightContext context, CancellationToken cancellation)
    {
        var followers = (await context.AskAsync(context.Forms.Followers, cancellation))
            .Select(row => (Name: row[0]!, Lag: TimeSpan.FromMilliseconds(Number(row[1])), Bytes: Number(row[2])))
            .Where(each => each.Lag > Late || each.Bytes > Behind);
        var slots = (await context.AskAsync(context.Forms.KeptLog, cancellation)).Select(row => (Name: row[0]!, Bytes: Number(row[1]), Ending: row[2]!));
        var writes = context.Plan.Disk is not 0;
        return
        [
            .. followers.Select(each => Objection.Warn(
                $"The standby {each.Name} is {(each.Lag > Late ? $"{Say.Duration(each.Lag)}" : Say.Bytes(each.Bytes))} behind.", "let it catch up: the steps' writes and locks reach it as well")),
            .. slots.Where(each => writes || each.Bytes > Kept).Select(each => Objection.Warn(
                $"Nobody reads the replication slot {each.Name}: it keeps {Say.Bytes(each.Bytes)} of log, and all that the run writes.", $"connect its reader, or drop it: {each.Ending}")),
        ];
    }

    private static long Number(string? text) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
