using System.Globalization;
using EfSafeMigrate.Engines.MySql;

namespace EfSafeMigrate.Engines.MariaDb;

internal static class MariaDbEngine
{
    private static readonly Uri Online = new("https://mariadb.com/kb/en/innodb-online-ddl-overview/");

    private static readonly MySqlTraits Traits = new()
    {
        Basis = version => version is { Major: 10, Minor: >= 6 } ? Basis.MeasuredOn("MariaDB 10.11") : new(null, Online),
        Mode = (algorithm, level) => $"{algorithm.ToString().ToUpperInvariant()}/{level.ToString().ToUpperInvariant()}",
        AddColumn = (_, _) => Way.Instant,
        DropColumn = _ => Way.Instant,
        DropIndexedColumn = alone => alone ? Way.Light : Way.Rebuild,
        KeepsUniqueColumns = true,
        RenameColumn = _ => Way.Instant,
        Reorder = Way.Instant,
        // A row with up to 127 bytes in the column is stored the same way when the length may take two bytes.
        Widen = (from, to) => from is > 127 and <= 255 && to > 255 ? Way.Copy : Way.Instant,
        Charset = (from, to) => from == "utf8mb3" && to == "utf8mb4" ? Way.Instant : Way.Copy,
        Collation = indexed => indexed ? Way.Build : Way.Instant,
        DropIdentity = Way.Instant,
        DropPrimaryKey = other => other ? Way.Rebuild : Way.Copy,
        Light = Way.Instant,
        BesideFullText = Way.Rebuild with { Lock = LockLevel.Shared },
        AfterFullText = Way.Rebuild,
        AddCheckedColumn = Way.Instant,
        InlineReferences = version => version.IsAtLeast(10, 5),
        Zeros = _ => Basis.MeasuredOn("MariaDB 10.11"),
        InlineReferencesPage = new("https://mariadb.com/kb/en/foreign-keys/"),
        IsVolatile = MySqlDefaults.DiffersByRow,
        NotNullWithoutStrictMode = Way.Rebuild,
        CopiesOnline = version => version.IsAtLeast(11, 2),
    };

    public static readonly Engine Value = new()
    {
        Id = "mariadb",
        Name = "MariaDB",
        Providers = ["Pomelo.EntityFrameworkCore.MySql", "MySql.EntityFrameworkCore"],
        KnownAs = ["mariadb", "mysql"],
        ProvidersWithOwnVersions = ["MySql.EntityFrameworkCore"],
        Recognition = new(MySqlQuestions.Name, MySqlQuestions.IsMariaDb),
        Assumed = new(10, 11),
        ImpactOf = (change, state) => MySqlImpact.ImpactOf(change, state, Traits),
        Quote = MySqlQuestions.Quote,
        Provider = PomeloForms.Value,
        Tests = MySqlTests.Value,
        ViewsTakeWrites = true,
        CommitsEachChange = Basis.MeasuredOn("MariaDB 10.11"),
        ClustersByKey = true,
        RebuildsInPlace = true,
        RestatesColumns = Basis.MeasuredOn("MariaDB 10.11"),
        FillsNulls = false,
        WideningOf = (alter, _) => MySqlColumnChange.WideningOf(alter, Traits),
        ValuesOf = MySqlType.ValuesOf,
        Online = MySqlCures.Forms,
        Names = new(64, InBytes: false, Cuts: false, new(null, new Uri("https://mariadb.com/kb/en/identifier-names/"))),
        Waiting = MySqlSession.Waiting("for a day"),
        IndexesForeignKeys = true,
        DiffersByRow = (given, _) => MySqlDefaults.DiffersByRow(given),
        IndexWithoutColumn = "loses the column and keeps the others",
        Catalogue = MySqlQuestions.Catalogue,
        Probes = MySqlProbes.Value(
            time => string.Create(CultureInfo.InvariantCulture, $"SET STATEMENT max_statement_time = {time.TotalSeconds:0.###}, lock_wait_timeout = {MySqlProbes.LockSeconds} FOR\n"), () => Value!),
        Scripts = MariaDbScripts.Value,
        Schema = MariaDbSchemaLines.Value,
        Live = MariaDbLiveSchema.Value,
        Backups = MySqlBackups.Forms(new()
        {
            Dump = "mariadb-dump",
            Client = "mariadb",
            Variable = "SAFE_MIGRATE_MARIADBBIN",
            Folders = ["/usr/bin", "/usr/local/mysql/bin", "/opt/homebrew/opt/mariadb/bin", @"C:\Program Files\MariaDB *\bin"],
            Server = "@@hostname, ':', @@port",
            Encryption = mode => mode switch
            {
                "None" or "Disabled" => ["--skip-ssl"],
                "Required" => ["--ssl"],
                "VerifyCA" or "VerifyFull" => ["--ssl", "--ssl-verify-server-cert"],
                _ => [],
            },
            Package = "mariadb-client",
        }),
        Backfill = MySqlBatches.Forms(new()
        {
            Isolation = "tx_isolation",
            SkipLocked = "/*M!100600 SKIP LOCKED */",
            Seconds = milliseconds => milliseconds / 1000,
            Waits = sql => $"SET STATEMENT innodb_lock_wait_timeout = 1 FOR {sql}",
        }),
        // Elapsed time on 200 000 rows, MariaDB 10.11.19: create_index 260 ms, set_not_null_plain 1320 ms, update_all_rows 1573 ms.
        // No statement only scans; a scan is no slower than a build, which scans too.
        Rates = new(Scan: 750_000, IndexBuild: 750_000, Rewrite: 150_000, RowChanges: 130_000),
        Throttles = MySqlThrottles.Value,
        Monitoring = MySqlMonitoring.Queries,
        Phases = MySqlPhases.Forms(new()
        {
            WayOf = (change, state) => MySqlAlterations.WayOf(change, state, Traits),
            Asked = way => [$"ALGORITHM={way.Algorithm.ToString().ToUpperInvariant()}", $"LOCK={way.Lock.ToString().ToUpperInvariant()}"],
            RenamesIndexes = Way.Instant,
            DropsIndexed = indexed => indexed ? Way.Light : Way.Instant,
            Guards = true,
            FillsOmitted = true,
            TextTakesLiterals = true,
        }),
    };
}
