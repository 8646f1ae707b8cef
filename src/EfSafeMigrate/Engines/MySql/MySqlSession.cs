using System.Globalization;

namespace EfSafeMigrate.Engines.MySql;

internal static class MySqlSession
{
    /// <param name="unset">How long the server waits by default.</param>
    public static LockWaiting Waiting(string unset) =>
        new("lock_wait_timeout", unset, Read, "SET SESSION lock_wait_timeout = 5;") { Brief = "SET SESSION lock_wait_timeout = 2", EveryDefinition = true };

    private static TimeSpan? Read(string value) =>
        double.TryParse(value.Trim(' ', '\''), CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
}
