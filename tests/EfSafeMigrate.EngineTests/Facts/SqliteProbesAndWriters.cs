using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using Microsoft.Data.Sqlite;
using static EfSafeMigrate.EngineTests.Schema;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.EngineTests.Facts;

public sealed class SqliteProbesAndWriters(SqliteDatabase database) : IClassFixture<SqliteDatabase>
{
    private const string Ddl = "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT, code TEXT);";

    /// <summary>A writer that meets a lock for a second fails.</summary>
    [Fact]
    public async Task NoWriterMeetsALockOfAProbe()
    {
        await database.ExecuteAsync($"{Ddl} INSERT INTO orders WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT i, 'n', 'code ' || i FROM n");
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() => Write(stop.Token));
        var orders = Table("orders");

        var answers = await database.ProbeAsync(database.Engine.Model(Ddl).Set(
            new CreateIndex(orders, new Index("ux", ["code"]) { Unique = true }),
            new AlterColumn(orders, new("note", "TEXT", false), new("note", "TEXT", true))));
        await stop.CancelAsync();

        answers.ShouldAllBe(probe => probe.Unanswered == null);
        (await writing).ShouldBeGreaterThan(0);
    }

    private int Write(CancellationToken stop)
    {
        using var connection = new SqliteConnection($"{database.ConnectionString};Default Timeout=1");
        connection.Open();
        var writes = 0;
        for (; !stop.IsCancellationRequested; writes++)
        {
            using var command = new SqliteCommand("UPDATE orders SET code = code WHERE id = 1", connection);
            command.ExecuteNonQuery().ShouldBe(1);
        }
        return writes;
    }
}
