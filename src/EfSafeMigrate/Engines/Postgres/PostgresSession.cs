using System.Globalization;
using System.Text.RegularExpressions;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>What a session sets for the good of others.</summary>
internal static partial class PostgresSession
{
    public static readonly LockWaiting Waiting = new("lock_timeout", "without end", Read, "SET lock_timeout = '5s';") { Brief = "SET LOCAL lock_timeout = '2s'" };

    public static readonly IReadOnlyList<SessionSetting> Settings =
    [
        new(SessionLimit.Statement, "statement_timeout", "SET statement_timeout = '15min';"),
        new(SessionLimit.IdleTransaction, "idle_in_transaction_session_timeout", "SET idle_in_transaction_session_timeout = '1min';"),
        new(SessionLimit.Transaction, "transaction_timeout", "SET transaction_timeout = '30min';", new(17)),
        new(SessionLimit.ApplicationName, "application_name", "SET application_name = 'migration';"),
    ];

    private static TimeSpan? Read(string value)
    {
        var match = Duration().Match(value.Trim(' ', '\''));
        if (!match.Success || !double.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }
        var milliseconds = number * match.Groups["unit"].Value switch
        {
            "us" => 0.001,
            "" or "ms" => 1,
            "s" => 1_000,
            "min" => 60_000,
            "h" => 3_600_000,
            _ => 86_400_000,
        };
        return number == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Min(milliseconds, TimeSpan.FromDays(10_000).TotalMilliseconds));
    }

    [GeneratedRegex(@"^(?<number>\d+(?:\.\d+)?)\s*(?<unit>us|ms|s|min|h|d|)$")]
    private static partial Regex Duration();
}
