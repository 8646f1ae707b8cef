using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Engines;

/// <summary>
/// What Pomelo emits, as both servers took it with explicit clauses: the cheapest algorithm and the weakest lock. Columns of
/// <c>Data/online-ddl.txt</c>: operation, statement, MariaDB 10.11, MySQL 9.7.
/// </summary>
public class OnlineDdlWalk
{
    private const string FullText = "CREATE FULLTEXT INDEX `FT_T_L` ON `T` (`L`);";
    private const string Unnumbered = "ALTER TABLE `T` MODIFY COLUMN `Id` int NOT NULL;";
    private const string Unchecked = "SET foreign_key_checks=0;";

    /// <summary>What stands before a statement so that it is the one that was tried.</summary>
    private static readonly Dictionary<string, string> Before = new()
    {
        ["NULL -> NOT NULL int, sql_mode not strict"] = "SET sql_mode='';",
        ["add nullable int to a table with FULLTEXT"] = FullText,
        ["drop column of a table with FULLTEXT"] = FullText,
        ["add nullable int, ROW_FORMAT=COMPRESSED"] = "ALTER TABLE `T` ROW_FORMAT=COMPRESSED;",
        ["create index after FULLTEXT"] = FullText,
        ["create second fulltext index"] = FullText,
        ["add FK (foreign_key_checks=0)"] = Unchecked,
        ["add FK, column already indexed, checks=0"] = Unchecked,
        ["drop pk (after auto_increment removed)"] = Unnumbered,
        ["add auto_increment (POMELO_AFTER_ADD)"] = Unnumbered,
    };

    /// <summary>Where the engine says something else, and why.</summary>
    private static readonly Dictionary<(string Operation, string Engine), string> Differs = new()
    {
        [("add default (uuid())", "mysql")] = "refused only where the server replicates statements; elsewhere it copies",
    };

    private static readonly string[][] Lines = [.. Data.Text("online-ddl.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];

    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var row in Lines)
            {
                rows.Add(row[0], "mariadb");
                rows.Add(row[0], "mysql");
            }
            return rows;
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void As_the_server_takes_it(string operation, string engine)
    {
        var row = Lines.Single(line => line[0] == operation);
        (Predicted(operation, row[1], engine) == row[engine == "mysql" ? 3 : 2]).ShouldBe(
            !Differs.ContainsKey((operation, engine)), $"{row[1]}: {Predicted(operation, row[1], engine)}, measured {row[engine == "mysql" ? 3 : 2]}");
    }

    private static string Predicted(string operation, string sql, string engine)
    {
        var dialect = SqlDialect.Of(engine);
        var book = EngineBook.All.Single(each => each.Id == engine);
        var state = new ServerState(engine == "mysql" ? new(9, 7, 4) : new(10, 11, 19), DatabaseModel.Empty);
        foreach (var change in StatementReader.Read($"{Data.Text("online-ddl-base.sql")}{Before.GetValueOrDefault(operation)}", dialect, DatabaseModel.Empty))
        {
            state = state.After(change);
        }
        var impact = book.ImpactOf(StatementReader.Read(sql, dialect, state.Model)[0], state).ShouldNotBeNull();

        if (impact.Refused is not null)
        {
            return "refused";
        }
        var mode = impact.Locks[0].Mode;
        return impact.Work.HasFlag(Work.Rewrite) && mode.StartsWith("INPLACE", StringComparison.Ordinal) ? $"{mode} rebuild" : mode;
    }
}
