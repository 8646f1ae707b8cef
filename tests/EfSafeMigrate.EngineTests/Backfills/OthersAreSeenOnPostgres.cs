using System.Globalization;
using EfSafeMigrate.Engines;
using EfSafeMigrate.EngineTests.Updates;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>What the server says of others: a run's own sessions are none of them, and who may not see them is told so.</summary>
public sealed class OthersAreSeenOnPostgres(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly ThrottleForms Forms = Engines.Postgres.PostgresEngine.Value.Throttles;

    [Fact]
    public async Task Their_transactions_and_how_old_they_are()
    {
        await using var own = await PostgresSession.OpenAsync(database, "safe-migrate 0123456789ab");
        await own.DoAsync("BEGIN; SELECT 1");
        (await AskAsync(Forms.ActiveTransactions!)).ShouldBe("0");
        (await AskAsync(Forms.LongestTransaction!)).ShouldBe("0");
        await using var other = await PostgresSession.OpenAsync(database);
        (await AskAsync(Forms.ActiveTransactions!)).ShouldBe("0");
        await other.DoAsync("BEGIN; SELECT 1");
        (await AskAsync(Forms.ActiveTransactions!)).ShouldBe("1");
        double.Parse((await AskAsync(Forms.LongestTransaction!))!, CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        var log = long.Parse((await AskAsync(Forms.LogWritten!))!, CultureInfo.InvariantCulture);
        await other.DoAsync("CREATE TABLE t (id int); COMMIT");
        long.Parse((await AskAsync(Forms.LogWritten!))!, CultureInfo.InvariantCulture).ShouldBeGreaterThan(log);
        (await AskAsync(Forms.ActiveTransactions!)).ShouldBe("0");
    }

    [Fact]
    public async Task By_those_who_may()
    {
        var role = $"stranger_{Guid.NewGuid():N}";
        await database.ExecuteAsync($"CREATE ROLE {role} LOGIN");
        try
        {
            await using var other = await PostgresSession.OpenAsync(database);
            await other.DoAsync("BEGIN; SELECT 1");
            await using (var stranger = await PostgresSession.OpenAsync(database, role: role))
            {
                (await AskAsync(Forms.ActiveTransactions!, stranger)).ShouldBeNull();
                (await AskAsync(Forms.LongestTransaction!, stranger)).ShouldBeNull();
            }
            await database.ExecuteAsync($"GRANT pg_monitor TO {role}");
            await using var monitor = await PostgresSession.OpenAsync(database, role: role);
            (await AskAsync(Forms.ActiveTransactions!, monitor)).ShouldBe("1");
        }
        finally
        {
            await database.ExecuteAsync($"DROP ROLE {role}");
        }
    }

    private async Task<string?> AskAsync(Ask ask, PostgresSession? session = null) =>
        (await (session is null ? database.QueryAsync(ask.Sql, ask.Parameters, 10, default) : session.QueryAsync(ask.Sql, ask.Parameters, 10, default))).Rows[0][0];
}
