using System.Globalization;

namespace EfSafeMigrate.Engines.MySql;

internal static class MySqlEngine
{
    private static readonly Way InplaceInstead = Way.Light;

    private static readonly MySqlTraits Traits = new()
    {
        Basis = version => Known(version, "innodb-online-ddl-operations"),
        Zeros = version => Known(version, "data-type-defaults"),
        Mode = (algorithm, level) => algorithm == Algorithm.Instant ? "INSTANT" : Mode(algorithm, level),
        AddColumn = (version, last) => version.IsAtLeast(8, 0, 29) || (last && version.IsAtLeast(8, 0, 12)) ? Way.Instant : Way.Rebuild,
        DropColumn = version => version.IsAtLeast(8, 0, 29) ? Way.Instant : Way.Rebuild,
        DropIndexedColumn = _ => Way.Rebuild,
        KeepsUniqueColumns = false,
        RenameColumn = version => version.IsAtLeast(8, 0, 28) ? Way.Instant : InplaceInstead,
        Reorder = Way.Rebuild,
        // Up to 255 bytes the length takes one byte in each row, beyond that two.
        Widen = (from, to) => from <= 255 && to > 255 ? Way.Copy : InplaceInstead,
        Charset = (_, _) => Way.Copy,
        Collation = _ => Way.Copy,
        DropIdentity = Way.Copy,
        DropPrimaryKey = _ => Way.Copy,
        Light = InplaceInstead,
        BesideFullText = Way.Copy,
        AddCheckedColumn = Way.Copy,
        InlineReferences = version => version.IsAtLeast(9),
        InlineReferencesPage = Page(new(8, 4), "ansi-diff-foreign-keys"),
        IsVolatile = MySqlDefaults.DiffersByRowOrRandom,
        NotNullWithoutStrictMode = Way.Copy,
        CopiesOnline = _ => false,
    };

    public static readonly Engine Value = new()
    {
        Id = "mysql",
        Name = "MySQL",
        Providers = ["Pomelo.EntityFrameworkCore.MySql", "MySql.EntityFrameworkCore"],
        KnownAs = ["mysql"],
        ProvidersWithOwnVersions = ["MySql.EntityFrameworkCore"],
        Recognition = new(MySqlQuestions.Name, text => !MySqlQuestions.IsMariaDb(text)),
        Assumed = new(8, 0, 40),
        ImpactOf = (change, state) => MySqlImpact.ImpactOf(change, state, Traits),
        Quote = MySqlQuestions.Quote,
        Provider = PomeloForms.Value,
        Tests = MySqlTests.Value,
        ViewsTakeWrites = true,
        CommitsEachChange = new(null, Page(new(8), "implicit-commit")),
        ClustersByKey = true,
        RebuildsInPlace = true,
        RestatesColumns = new(null, Page(new(8), "alter-table")),
        FillsNulls = false,
        WideningOf = (alter, _) => MySqlColumnChange.WideningOf(alter, Traits),
        ValuesOf = MySqlType.ValuesOf,
        Online = MySqlCures.Forms,
        Names = new(64, InBytes: false, Cuts: false, new(null, new Uri("https://dev.mysql.com/doc/refman/8.0/en/identifier-length.html"))),
        Waiting = MySqlSession.Waiting("for a year"),
        IndexesForeignKeys = true,
        DiffersByRow = (given, _) => MySqlDefaults.DiffersByRowOrRandom(given),
        IndexWithoutColumn = "loses the column and keeps the others",
        Catalogue = MySqlQuestions.Catalogue,
        Probes = MySqlProbes.Value(
            time => string.Create(CultureInfo.InvariantCulture, $"SET SESSION max_execution_time = {(long)time.TotalMilliseconds}, lock_wait_timeout = {MySqlProbes.LockSeconds};\n"), () => Value!),
        Backfill = MySqlBatches.Forms(new()
        {
            Isolation = "transaction_isolation",
            SkipLocked = "/*!80001 SKIP LOCKED */",
            NoWait = "/*!80001 NOWAIT */",
            Seconds = milliseconds => Math.Max(1, milliseconds / 1000),
            Waits = sql => sql,
        }),
        Backups = MySqlBackups.Forms(new()
        {
            Dump = "mysqldump",
            Client = "mysql",
            Variable = "SAFE_MIGRATE_MYSQLBIN",
            Folders = ["/usr/bin", "/usr/local/mysql/bin", "/opt/homebrew/opt/mysql/bin", @"C:\Program Files\MySQL\MySQL Server *\bin"],
            Server = "@@server_uuid",
            Encryption = mode => mode switch
            {
                "None" or "Disabled" => ["--ssl-mode=DISABLED"],
                "Required" => ["--ssl-mode=REQUIRED"],
                "VerifyCA" => ["--ssl-mode=VERIFY_CA"],
                "VerifyFull" => ["--ssl-mode=VERIFY_IDENTITY"],
                _ => [],
            },
            More = ["--set-gtid-purged=OFF", "--column-statistics=0"],
            Package = "mysql-client",
            Untried = "Backups of MySQL have been tried on MariaDB only.",
        }),
        // The rates measured on MariaDB, divided by the two to three that MySQL 9.7 took for the same copies and builds.
        Rates = new(Scan: 300_000, IndexBuild: 300_000, Rewrite: 60_000, RowChanges: 50_000),
        Throttles = MySqlThrottles.Value,
        Monitoring = MySqlMonitoring.Queries,
        Phases = MySqlPhases.Forms(new()
        {
            WayOf = (change, state) => MySqlAlterations.WayOf(change, state, Traits),
            Asked = way => way.Algorithm == Algorithm.Instant ? ["ALGORITHM=INSTANT"]
                : [$"ALGORITHM={(way.Algorithm == Algorithm.Copy ? "COPY" : "INPLACE")}", $"LOCK={way.Lock.ToString().ToUpperInvariant()}"],
            RenamesIndexes = InplaceInstead,
            DropsIndexed = indexed => indexed ? Way.Rebuild : Way.Instant,
            Guards = false,
            FillsOmitted = false,
            TextTakesLiterals = false,
        }),
    };

    private static string Mode(Algorithm algorithm, LockLevel level) =>
        $"{(algorithm == Algorithm.NoCopy ? Algorithm.Inplace : algorithm).ToString().ToUpperInvariant()}/{level.ToString().ToUpperInvariant()}";

    /// <summary>What was tried was tried on 9.7; of every other version the manual is believed.</summary>
    private static Basis Known(EngineVersion version, string page) => version.IsAtLeast(9, 7) ? Basis.MeasuredOn("MySQL 9.7") : new(null, Page(version, page));

    private static Uri Page(EngineVersion version, string page) => new($"https://dev.mysql.com/doc/refman/{Manual(version)}/en/{page}.html");

    private static string Manual(EngineVersion version) => version.Major < 8 ? "5.7" : version.Major == 8 && version.Minor < 4 ? "8.0" : version.Major == 8 ? "8.4" : "9.4";
}
