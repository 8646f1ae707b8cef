using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.MySql;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>What the server says of others, and that a worker of a backfill is none of them.</summary>
public sealed class OthersAreSeenOnMariaDb(MariaDbDatabase database) : IClassFixture<MariaDbDatabase>
{
    private static readonly ThrottleForms Forms = MySqlThrottles.Value;

    [Fact]
    public async Task Their_transactions_and_how_old_they_are()
    {
        await database.ExecuteAsync("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
        await using var control = await database.OpenDriverAsync();
        await using var other = await database.OpenAsync();
        await using var worker = await database.OpenAsync();
        // The server's list names everybody's transactions, and the tests of other databases have some.
        await worker.RunAsync(MySqlThrottles.Mark);
        await worker.RunAsync("BEGIN");
        await worker.RunAsync("UPDATE t SET id = 2 WHERE id = 1");
        var before = await OpenAsync(worker.ServerThread);
        before.ShouldBe(0);
        await other.RunAsync("SET time_zone = '+05:30'");
        await other.RunAsync("BEGIN");
        await other.RunAsync("INSERT INTO t VALUES (3)");
        (await OpenAsync(other.ServerThread)).ShouldBe(1);
        (await AskAsync(control, Forms.ActiveTransactions!)).ShouldBeGreaterThanOrEqualTo(1);
        while (await AskAsync(control, Forms.LongestTransaction!) < 1)
        {
            await Task.Delay(100);
        }
        (await AskAsync(control, Forms.LongestTransaction!)).ShouldBeLessThan(3600);
        var log = await AskAsync(control, Forms.LogWritten!);
        await other.RunAsync("COMMIT");
        (await AskAsync(control, Forms.LogWritten!)).ShouldBeGreaterThan(log);
    }

    [Fact]
    public async Task But_not_the_workers()
    {
        await database.ExecuteAsync("CREATE TABLE w (id int PRIMARY KEY, old text, fresh text); INSERT INTO w SELECT seq, 'v', NULL FROM seq_1_to_500");
        await database.ExecuteAsync("CREATE TABLE marked (thread int, mine int); CREATE TRIGGER w_mark BEFORE UPDATE ON w FOR EACH ROW INSERT INTO marked VALUES (CONNECTION_ID(), IS_USED_LOCK(CONCAT('safe_migrate ', CONNECTION_ID())))");
        await using var filling = new Filling(database);
        (await filling.RunAsync(Filling.Spec("w", "id", "fresh", "old"))).Changed.ShouldBe(500);
        (await database.QueryAsync("SELECT count(*), count(mine) FROM marked", [], 10, default)).Rows[0].ShouldBe(["500", "500"]);
    }

    /// <summary>How many of the transactions that count belong to a thread.</summary>
    private async Task<int> OpenAsync(int thread)
    {
        var sql = Forms.ActiveTransactions!.Sql;
        return int.Parse((await database.QueryAsync($"{sql} AND trx_mysql_thread_id = {thread}", [], 10, default)).Rows[0][0]!, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<double> AskAsync(Driver driver, Ask ask) =>
        double.Parse((await driver.Connection.QueryAsync(ask.Sql, ask.Parameters, 10, default)).Rows[0][^1]!, System.Globalization.CultureInfo.InvariantCulture);
}
