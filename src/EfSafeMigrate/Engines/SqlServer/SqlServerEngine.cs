using System.Globalization;

namespace EfSafeMigrate.Engines.SqlServer;

internal static class SqlServerEngine
{
    public static readonly Engine Value = new()
    {
        Id = "sqlserver",
        Name = "SQL Server",
        Providers = ["Microsoft.EntityFrameworkCore.SqlServer"],
        KnownAs = ["sqlserver", "mssql"],
        Assumed = new(15),
        BackupByHand = SqlServerBackups.ByHand,
        ImpactOf = SqlServerImpact.ImpactOf,
        Quote = Quote,
        Provider = SqlServerForms.Value(Quote),
        Tests = SqlServerTests.Value,
        ViewsTakeWrites = true,
        NullsAreEqual = true,
        RebuildsIndexesOfAlteredColumns = true,
        FullEditions = SqlServerEdition.Full,
        // -1 is the default and waits without end: https://learn.microsoft.com/sql/t-sql/statements/set-lock-timeout-transact-sql
        Waiting = new("lock_timeout", "without end", Milliseconds, "SET LOCK_TIMEOUT 5000;") { Brief = "SET LOCK_TIMEOUT 2000" },
        DiffersByRow = (given, _) => !SqlServerColumns.IsSameForAll(given),
        CopyOfTable = (table, copy) => $"SELECT * INTO {copy} FROM {table}",
        Catalogue = SqlServerQuestions.Catalogue,
        Probes = SqlServerQuestions.Probes,
        Online = SqlServerCures.Forms,
        // Not measured: what the slowest of the measured engines does, rounded.
        Rates = new(Scan: 500_000, IndexBuild: 500_000, Rewrite: 100_000, RowChanges: 50_000),
        Scripts = SqlcmdScripts.Value,
        Monitoring = SqlServerMonitoring.Queries,
        Phases = SqlServerPhases.Forms(Quote),
        NoPhases = "the phases for SQL Server were never run on a server",
    };

    private static string Quote(string identifier) => $"[{identifier.Replace("]", "]]", StringComparison.Ordinal)}]";

    private static TimeSpan? Milliseconds(string value) =>
        !long.TryParse(value.Trim(), CultureInfo.InvariantCulture, out var time) ? null : time < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(time);
}
