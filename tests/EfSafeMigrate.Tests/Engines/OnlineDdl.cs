using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Engines;

/// <summary>
/// What Pomelo emits, as both servers took it with explicit clauses: the cheapest algorithm and the weakest lock. Columns of
/// <c>Data/online-ddl.txt</c>: operation, statement, MariaDB 10.11, MySQL 9.7; a dash where nobody tried.
/// </summary>
internal sealed record OnlineDdl(string Operation, string Sql, string MariaDb, string MySql)
{
    private const string FullText = "CREATE FULLTEXT INDEX `FT_T_L` ON `T` (`L`);";
    private const string Unnumbered = "ALTER TABLE `T` MODIFY COLUMN `Id` int NOT NULL;";
    private const string Unchecked = "SET foreign_key_checks=0;";

    /// <summary>What stands before a statement so that it is the one that was tried.</summary>
    private static readonly Dictionary<string, string> Before = new()
    {
        ["NULL -> NOT NULL int, sql_mode not strict"] = "SET sql_mode='';",
        ["drop column of a unique key over several"] = "CREATE UNIQUE INDEX `UX_T_U_A` ON `T` (`U`, `A`);",
        ["drop column that a CHECK compares with another"] = "ALTER TABLE `T` ADD CONSTRAINT `CK_T_D_A` CHECK (`D` <= `A`);",
        ["add nullable int to a table with FULLTEXT"] = FullText,
        ["drop column of a table with FULLTEXT"] = FullText,
        ["add nullable int, ROW_FORMAT=COMPRESSED"] = "ALTER TABLE `T` ROW_FORMAT=COMPRESSED;",
        ["create index after FULLTEXT"] = FullText,
        ["create second fulltext index"] = FullText,
        ["add FK (foreign_key_checks=0)"] = Unchecked,
        ["add FK, column already indexed, checks=0"] = Unchecked,
        ["drop pk (after auto_increment removed)"] = Unnumbered,
        ["drop pk, no other unique key"] = $"{Unnumbered} ALTER TABLE `T` DROP KEY `AK_T_V`;",
        ["add auto_increment (POMELO_AFTER_ADD)"] = Unnumbered,
    };

    /// <summary>Where the engine says something else, and why.</summary>
    public static readonly IReadOnlyDictionary<(string Operation, string Engine), string> Differs = new Dictionary<(string Operation, string Engine), string>()
    {
        [("add default (uuid())", "mysql")] = "refused only where the server replicates statements; elsewhere it copies",
    };

    public static string Schema { get; } = Data.Text("online-ddl-base.sql");

    public static IReadOnlyList<OnlineDdl> Lines { get; } =
    [
        .. Data.Text("online-ddl.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Select(cells => new OnlineDdl(cells[0], cells[1], cells[2], cells[3])),
    ];

    public string Setup => Before.GetValueOrDefault(Operation) ?? "";

    public string On(string engine) => engine == "mysql" ? MySql : MariaDb;

    public bool WasMeasuredOn(string engine) => On(engine) != "-";

    /// <summary>In the words of the data.</summary>
    public string Predicted(string engine, EngineVersion version)
    {
        var dialect = SqlDialect.Of(engine);
        var state = new ServerState(version, DatabaseModel.Empty);
        foreach (var change in StatementReader.Read($"{Schema}{Setup}", dialect, DatabaseModel.Empty))
        {
            state = state.After(change);
        }
        var impact = EngineBook.All.Single(each => each.Id == engine).ImpactOf(StatementReader.Read(Sql, dialect, state.Model)[0], state).ShouldNotBeNull();
        if (impact.Refused is not null)
        {
            return "refused";
        }
        var mode = impact.Locks[0].Mode;
        return impact.Work.HasFlag(Work.Rewrite) && mode.StartsWith("INPLACE", StringComparison.Ordinal) ? $"{mode} rebuild" : mode;
    }
}
