using System.Text;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Tests.Sql;
using Humanizer;

namespace EfSafeMigrate.Tests.Engines;

/// <summary>The page of an engine that no server stands for here: what the manual says of each statement, with the manual's page.</summary>
internal static class DocumentedPage
{
    private static readonly string[] Editions = ["Standard", "Enterprise"];

    public static readonly Engine SqlServer = EngineBook.All.Single(engine => engine.Id == "sqlserver");

    public static IEnumerable<(string Sql, IReadOnlyList<Change> Changes)> Statements =>
        from sql in Data.Text("documented.sqlserver.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries)
        select (sql, StatementReader.Read(sql, SqlDialect.SqlServer, Reading.SqlServerShop));

    public static string Of()
    {
        var page = new StringBuilder($"""
            # {SqlServer.Name}

            What `dotnet safe-migrate` says of each statement. **All of it is documented, not measured**: it is taken from Microsoft Learn, the last column
            says from which page, and no server has confirmed it here. Nor has one run the questions that a review asks a live database.

            The edition decides what can be done while others work. Standard stands for Standard, Web and Express; Enterprise for Enterprise, Developer and Azure.
            Where nobody says which it is, the first is assumed and the report says so.

            `blocks` is what other sessions cannot do to the table while the lock is held. `work` is what takes longer the more rows there are;
            `catalogue` takes milliseconds. Statements run inside a transaction, as EF runs them.

            | statement | edition | lock | blocks | work | fails if | documented in |
            |---|---|---|---|---|---|---|

            """);
        foreach (var (sql, changes) in Statements)
        {
            var rows = Editions.Select(edition => (edition, Row: Row(changes[^1], edition))).ToArray();
            foreach (var row in rows.GroupBy(each => each.Row))
            {
                page.AppendLine($"| `{sql.Replace("|", "\\|", StringComparison.Ordinal)}` | {(row.Count() == Editions.Length ? "any" : row.First().edition)} | {row.Key} |");
            }
        }
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static string Row(Change change, string edition)
    {
        var impact = SqlServer.ImpactOf(change, new(SqlServer.Assumed, Reading.SqlServerShop) { Edition = edition })!;
        var cells = new[]
        {
            impact.Locks.Count == 0 ? "none" : string.Join(", ", impact.Locks.GroupBy(taken => taken.Mode).Select(mode => $"{mode.Key} on {string.Join(" and ", mode.Select(taken => taken.Table))}")),
            impact.Blocks.Humanize(LetterCasing.LowerCase),
            Words(impact.Work, "catalogue"),
            impact.Refused is { } reason ? $"always: {reason}" : Words(impact.FailsIf, ""),
            $"[{Path.GetFileName(impact.Basis.Page!.AbsolutePath)}]({impact.Basis.Page})",
        };
        return string.Join(" | ", cells);
    }

    private static string Words<T>(T flags, string none) where T : struct, Enum
    {
        var set = Enum.GetValues<T>().Where(flag => Convert.ToInt32(flag, null) != 0 && flags.HasFlag(flag)).ToArray();
        return set.Length == 0 ? none : string.Join(", ", set.Select(flag => flag.Humanize(LetterCasing.LowerCase)));
    }
}
