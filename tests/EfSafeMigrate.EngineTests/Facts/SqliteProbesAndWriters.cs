using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using Microsoft.Data.Sqlite;
using static EfSafeMigrate.EngineTests.Schema;

namespace EfSafeMigrate.EngineTests.Facts;

public sealed class SqliteProbesAndWriters(SqliteDatabase database) : IClassFixture<SqliteDatabase>
{
    /// <summary>The question lasts three seconds; a writer that meets a lock for one second fails.</summary>
    [Fact]
    public async Task NoWriterMeetsALockOfAProbe()
    {
        await database.ExecuteAsync("""
            CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT);
            INSERT INTO orders VALUES (1, 'n');
            CREATE VIEW endless AS
              WITH RECURSIVE n(i) AS (SELECT id FROM orders UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT i AS id, 'x' AS note FROM n;
            """);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() => Write(stop.Token));
        var model = database.Engine.Model("CREATE TABLE endless (id INTEGER PRIMARY KEY, note TEXT);");
        var required = new AlterColumn(Table("endless"), new("note", "TEXT", false), new("note", "TEXT", true));

        var answers = await new Prober(database.QueryAsync, database.Engine, TimeSpan.FromSeconds(6)).AskAsync(model.Set(required), FactSheet.Unknown, CancellationToken.None);
        await stop.CancelAsync();

        answers.Single(probe => probe.Kind == ProbeKind.Nulls).Unanswered.ShouldBe("stopped after 6 s");
        (await writing).ShouldBeGreaterThan(20);
    }

    private int Write(CancellationToken stop)
    {
        using var connection = new SqliteConnection($"{database.ConnectionString};Default Timeout=1");
        connection.Open();
        var writes = 0;
        for (; !stop.IsCancellationRequested; writes++)
        {
            using var command = new SqliteCommand("UPDATE orders SET note = note WHERE id = 1", connection);
            command.ExecuteNonQuery().ShouldBe(1);
        }
        return writes;
    }
}
