using System.Globalization;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>What both servers are asked about themselves and their tables.</summary>
internal static class MySqlQuestions
{
    public static string Quote(string identifier) => $"`{identifier.Replace("`", "``", StringComparison.Ordinal)}`";

    public static readonly Catalogue Catalogue = new()
    {
        Settings = new($"""
            SELECT '{Catalogue.Version}', version()
            UNION ALL SELECT 'sql_mode', @@sql_mode
            UNION ALL SELECT 'foreign_key_checks', CAST(@@foreign_key_checks AS char)
            UNION ALL SELECT 'lock_wait_timeout', CAST(@@lock_wait_timeout AS char)
            UNION ALL SELECT 'innodb_lock_wait_timeout', CAST(@@innodb_lock_wait_timeout AS char)
            """),
        // Rows are an estimate from sampled pages.
        Sizes = table =>
        [
            new("SELECT table_rows, data_length, index_length, NULL FROM information_schema.tables WHERE table_schema = database() AND table_name = @p0", table.Name),
        ],
    };

    /// <param name="limit">The setting that stops a statement, given its milliseconds.</param>
    public static Probes Probes(Func<long, string> limit) => new()
    {
        Limits = time => string.Create(CultureInfo.InvariantCulture, $"""
            SET SESSION {limit((long)time.TotalMilliseconds)}, lock_wait_timeout = {Math.Max(1, (long)time.TotalSeconds)};
            """),
        RowAddress = "_rowid",
        End = state => state switch
        {
            "70100" or "HY000" => ProbeEnd.Stopped,
            ['2', '2' or '3', ..] => ProbeEnd.BadData,
            _ => ProbeEnd.Failed,
        },
    };
}
