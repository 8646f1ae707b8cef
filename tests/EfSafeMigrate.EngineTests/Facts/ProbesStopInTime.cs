using System.Diagnostics;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using static EfSafeMigrate.EngineTests.Schema;

namespace EfSafeMigrate.EngineTests.Facts;

/// <summary>A question that takes too long is stopped on the server, said so, and the next one is asked.</summary>
public abstract class ProbesStopInTime(TestDatabase database, string slowView)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task ASlowQuestionIsUnansweredAndTheOthersGoOn()
    {
        const string Ddl = "CREATE TABLE slow (id bigint PRIMARY KEY, note text); CREATE TABLE quick (id bigint PRIMARY KEY, note text);";
        await database.ExecuteAsync($"DROP TABLE IF EXISTS quick; DROP VIEW IF EXISTS slow; CREATE TABLE quick (id bigint PRIMARY KEY, note text); INSERT INTO quick VALUES (1, NULL); {slowView}");
        var clock = Stopwatch.StartNew();

        var answers = await database.ProbeAsync(database.Engine.Model(Ddl).Set(Required("slow"), Required("quick")), Limit);

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
        var nulls = answers.Where(probe => probe.Kind == ProbeKind.Nulls).ToArray();
        nulls[0].Found.ShouldBeNull();
        nulls[0].Unanswered.ShouldBe("stopped after 6 s");
        nulls[1].Found.ShouldBe(1);
    }

    [Fact]
    public async Task CancellingEndsTheReview()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var model = database.Engine.Model("CREATE TABLE quick (id bigint PRIMARY KEY, note text);");

        await Should.ThrowAsync<OperationCanceledException>(() =>
            new Prober(database.QueryAsync, database.Engine, Limit).AskAsync(model.Set(Required("quick")), FactSheet.Unknown, stop.Token));
    }

    private static AlterColumn Required(string table) => new(Table(table), new Column("note", "text", false), new Column("note", "text", true));
}

public sealed class PostgresProbesStopInTime(PostgresDatabase database)
    : ProbesStopInTime(database, "CREATE VIEW slow AS SELECT g AS id, pg_sleep(90)::text AS note FROM generate_series(1, 3) g"), IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task NothingGoesOnRunningOnTheServer()
    {
        await ASlowQuestionIsUnansweredAndTheOthersGoOn();

        var running = await database.QueryAsync(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()", [], 5, CancellationToken.None);

        running.Rows[0][0].ShouldBe("0");
    }
}

public sealed class SqliteProbesStopInTime(SqliteDatabase database)
    : ProbesStopInTime(database, "CREATE VIEW slow AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT i AS rowid, i AS id, 'x' AS note FROM n"),
    IClassFixture<SqliteDatabase>;

public sealed class MariaDbProbesStopInTime(MariaDbDatabase database)
    : ProbesStopInTime(database, "CREATE VIEW slow AS SELECT id, CONCAT(sleep(90), id) AS note FROM quick"), IClassFixture<MariaDbDatabase>
{
    [Fact]
    public async Task NothingGoesOnRunningOnTheServer()
    {
        await ASlowQuestionIsUnansweredAndTheOthersGoOn();

        await using var connection = await database.OpenAsync();
        (await connection.AskAsync("SELECT count(*) FROM information_schema.processlist WHERE db = database() AND command = 'Query' AND id <> connection_id()")).ShouldBe("0");
    }

    [Fact]
    public async Task TheLimitIsForTheQuestionAlone()
    {
        await using var connection = await database.OpenAsync();
        await connection.RunAsync($"{database.Engine.Probes.Limits(TimeSpan.FromSeconds(5))}SELECT 1");

        (await connection.AskAsync("SELECT CONCAT(round(@@max_statement_time), ' ', @@lock_wait_timeout)")).ShouldBe("0 86400");
    }
}
