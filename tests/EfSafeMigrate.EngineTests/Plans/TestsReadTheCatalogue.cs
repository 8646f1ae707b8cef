using EfSafeMigrate.Scaffolding.Tests;
using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>What a test that is written with migrations asks a server: its rows can be written, and its catalogue tells what comes and what goes.</summary>
public sealed class TestsReadTheCatalogue(PostgresDatabase postgres, MariaDbDatabase mariadb, SqliteDatabase sqlite)
    : IClassFixture<PostgresDatabase>, IClassFixture<MariaDbDatabase>, IClassFixture<SqliteDatabase>
{
    private const string Rename = "rename a required column";

    [Theory]
    [InlineData("postgresql")]
    [InlineData("mariadb")]
    [InlineData("sqlite")]
    public async Task OfWhatIsThere(string engine)
    {
        var (database, planCase) = engine switch
        {
            "postgresql" => ((TestDatabase)postgres, PlanCases.Named(Rename)),
            "mariadb" => (mariadb, MariaDbPlanCases.Named(Rename)),
            _ => (sqlite, SqlitePlanCases.Named(Rename)),
        };
        await database.ExecuteAsync(planCase.Source);
        var rows = TestRows.Of(planCase.Pending, planCase.Decisions, planCase.On);
        await database.ExecuteAsync(rows.Sql);
        foreach (var (_, sql) in rows.Tables)
        {
            (await AskAsync($"SELECT count(*) FROM {sql}")).ShouldBe(["3"]);
        }
        var (table, quote) = (rows.Tables[^1], database.Engine.Quote);
        var before = await AskAsync(database.Engine.Tests.Catalogue);
        before.ShouldContain($"table {table.Key}");
        before.ShouldContain(line => line.StartsWith("key ", StringComparison.Ordinal) && line.Contains(table.Key, StringComparison.Ordinal));

        await ChangesAsync("column", $"ALTER TABLE {table.Value} ADD COLUMN {quote("Ex tra")} int", $"ALTER TABLE {table.Value} DROP COLUMN {quote("Ex tra")}");
        await ChangesAsync("default", $"ALTER TABLE {table.Value} ADD COLUMN {quote("Level")} int DEFAULT 3", $"ALTER TABLE {table.Value} DROP COLUMN {quote("Level")}");
        await ChangesAsync("index", $"CREATE UNIQUE INDEX {quote("ix")} ON {table.Value} ({quote("Name")})", engine == "mariadb" ? $"DROP INDEX {quote("ix")} ON {table.Value}" : $"DROP INDEX {quote("ix")}");
        await ChangesAsync("view", $"CREATE VIEW {quote("seen")} AS SELECT 1 AS one", $"DROP VIEW {quote("seen")}");
        await ChangesAsync("table", $"CREATE TABLE {quote("Other")} (id int PRIMARY KEY)", $"DROP TABLE {quote("Other")}");

        async Task ChangesAsync(string kind, string sql, string undo)
        {
            await database.ExecuteAsync(sql);
            var after = await AskAsync(database.Engine.Tests.Catalogue);
            after.Except(before).ShouldContain(line => line.StartsWith($"{kind} ", StringComparison.Ordinal), sql);
            before.Except(after).ShouldBeEmpty(sql);
            await database.ExecuteAsync(undo);
            (await AskAsync(database.Engine.Tests.Catalogue)).ShouldBe(before, ignoreOrder: true, undo);
        }

        async Task<string[]> AskAsync(string sql) => [.. (await database.QueryAsync(sql, [], 30, CancellationToken.None)).Rows.Select(row => row[0]!)];
    }
}
