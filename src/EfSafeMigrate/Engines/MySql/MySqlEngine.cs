using System.Globalization;

namespace EfSafeMigrate.Engines.MySql;

internal static class MySqlEngine
{
    private static readonly Way InplaceInstead = Way.Light;

    private static readonly MySqlTraits Traits = new()
    {
        Basis = version => new(null, new Uri($"https://dev.mysql.com/doc/refman/{Manual(version)}/en/innodb-online-ddl-operations.html")),
        Mode = (algorithm, level) => algorithm == Algorithm.Instant ? "INSTANT" : Mode(algorithm, level),
        AddColumn = (version, last) => version.IsAtLeast(8, 0, 29) || (last && version.IsAtLeast(8, 0, 12)) ? Way.Instant : Way.Rebuild,
        DropColumn = version => version.IsAtLeast(8, 0, 29) ? Way.Instant : Way.Rebuild,
        DropIndexedColumn = Way.Rebuild,
        RenameColumn = version => version.IsAtLeast(8, 0, 28) ? Way.Instant : InplaceInstead,
        Reorder = Way.Rebuild,
        // Up to 255 bytes the length takes one byte in each row, beyond that two.
        Widen = (from, to) => from <= 255 && to > 255 ? Way.Copy : InplaceInstead,
        Charset = (_, _) => Way.Copy,
        Collation = _ => Way.Copy,
        DropIdentity = Way.Copy,
        DropPrimaryKey = Way.Copy,
        Light = InplaceInstead,
        BesideFullText = Way.Copy,
        AddCheckedColumn = Way.Copy,
        InlineReferences = version => version.IsAtLeast(9),
        IsVolatile = MySqlDefaults.DiffersByRowOrRandom,
        NotNullWithoutStrictMode = Way.Copy,
        CopiesOnline = _ => false,
    };

    public static readonly Engine Value = new()
    {
        Id = "mysql",
        Name = "MySQL",
        Providers = ["Pomelo.EntityFrameworkCore.MySql", "MySql.EntityFrameworkCore"],
        Assumed = new(8, 0, 40),
        ImpactOf = (change, state) => MySqlImpact.ImpactOf(change, state, Traits),
        Quote = MySqlQuestions.Quote,
        ViewsTakeWrites = true,
        DiffersByRow = (given, _) => MySqlDefaults.DiffersByRowOrRandom(given),
        IndexWithoutColumn = "loses the column and keeps the others",
        Catalogue = MySqlQuestions.Catalogue,
        Probes = MySqlQuestions.Probes(milliseconds => string.Create(CultureInfo.InvariantCulture, $"max_execution_time = {milliseconds}")),
        // The rates measured on MariaDB, divided by the two to three that MySQL 9.7 took for the same copies and builds.
        Rates = new(Scan: 300_000, IndexBuild: 300_000, Rewrite: 60_000, RowChanges: 50_000),
        NoPhases = "phases are not written for MySQL yet",
    };

    private static string Mode(Algorithm algorithm, LockLevel level) =>
        $"{(algorithm == Algorithm.NoCopy ? Algorithm.Inplace : algorithm).ToString().ToUpperInvariant()}/{level.ToString().ToUpperInvariant()}";

    private static string Manual(EngineVersion version) => version.Major < 8 ? "5.7" : version.Major == 8 && version.Minor < 4 ? "8.0" : version.Major == 8 ? "8.4" : "9.4";
}
