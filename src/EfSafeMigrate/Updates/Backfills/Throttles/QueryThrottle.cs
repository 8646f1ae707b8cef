using System.Globalization;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Backfills.Throttles;

/// <summary>A question of the user's own: true, or a number other than 0, holds, in whichever row. No row and NULL are no answer.</summary>
internal sealed class QueryThrottle(string sql) : Throttle
{
    public override string Signal => "the throttle query";

    public override async Task<string?> LookAsync(Connection control, TimeProvider time, CancellationToken cancellation)
    {
        var rows = await RowsAsync(control, new Ask(sql), cancellation);
        return rows.Count == 0 ? throw new SignalUnread("it returns no row")
            : rows.Select(row => row[0]?.Trim() ?? throw new SignalUnread("it returns NULL")).FirstOrDefault(IsTrue) is { } answer ? $"the throttle query answers {answer}"
            : null;
    }

    private static bool IsTrue(string answer) => answer.ToLowerInvariant() switch
    {
        "true" or "t" => true,
        "false" or "f" => false,
        _ => double.TryParse(answer, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number != 0
            : throw new SignalUnread($"`{answer}` is neither true nor false nor a number"),
    };
}
