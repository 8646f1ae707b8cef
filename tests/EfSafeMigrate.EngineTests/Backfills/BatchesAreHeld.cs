using EfSafeMigrate.EngineTests.Updates;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>A backfill at work, while somebody else gives reasons to stand still.</summary>
public sealed class BatchesAreHeldOnPostgres(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const int Rows = 4000;
    private const string Fast = """{"batchSize":5000,"pauseMilliseconds":0}""";

    /// <summary>One that never ends is a failure.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Slow enough to be met at work.</summary>
    private static readonly BackfillSettings Slow = new() { BatchSize = 20, Pause = TimeSpan.FromMilliseconds(20) };

    [Fact]
    public async Task By_an_open_transaction() => await HeldWhileAsync(
        new() { LongestTransaction = TimeSpan.FromSeconds(1) }, "a transaction of others is open for", async other => await other.DoAsync("BEGIN; SELECT 1 FROM t"), async other => await other.DoAsync("COMMIT"));

    [Fact]
    public async Task By_many_open_transactions() => await HeldWhileAsync(
        new() { ActiveTransactions = 0 }, "1 transaction of others is open, the limit is 0", async other => await other.DoAsync("BEGIN; SELECT 1 FROM t"), async other => await other.DoAsync("COMMIT"));

    [Fact]
    public async Task By_a_query() => await HeldWhileAsync(
        new() { Query = "SELECT count(*) > 0 FROM busy" }, "the throttle query answers True", async other => await other.DoAsync("INSERT INTO busy VALUES (1)"), async other => await other.DoAsync("DELETE FROM busy"));

    [Fact]
    public async Task By_a_query_that_fails() => await HeldWhileAsync(
        new() { Query = "SELECT count(*) FROM busy" }, "the throttle query cannot be read (relation \"busy\" does not exist)", async other => await other.DoAsync("DROP TABLE busy"), async other => await other.DoAsync("CREATE TABLE busy (id int)"));

    [Fact]
    public async Task By_a_query_that_takes_too_long() => await HeldWhileAsync(
        new() { Query = "SELECT count(*) FROM busy" }, "the throttle query cannot be read (", async other => await other.DoAsync("BEGIN; LOCK TABLE busy"), async other => await other.DoAsync("COMMIT"), looks: 2);

    [Fact]
    public async Task By_a_file()
    {
        var folder = Directory.CreateTempSubdirectory("safe-migrate-hold-");
        var file = Path.Combine(folder.FullName, "hold");
        await HeldWhileAsync(new() { File = file }, $"the file {file} is there", _ => File.WriteAllTextAsync(file, ""), _ => Task.Run(() => File.Delete(file)));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task By_the_hour()
    {
        var time = new Hour { Offset = TimeSpan.FromHours(23) - DateTime.UtcNow.TimeOfDay };
        await HeldWhileAsync(
            new() { Window = DayWindow.Parse("22:00-05:30") }, "not between 22:00 and 05:30",
            _ => Task.FromResult(time.Offset += TimeSpan.FromHours(8)), _ => Task.FromResult(time.Offset += TimeSpan.FromHours(16)), time);
    }

    [Fact]
    public async Task By_a_lost_connection_until_there_is_another()
    {
        await RenewAsync();
        await using var filling = new Filling(database);
        var context = await filling.ContextAsync(Slow);
        var process = (await context.Control.QueryAsync("SELECT pg_backend_pid()", [], 5, default)).Rows[0][0];
        var running = new Backfill(context, "t", Filling.Spec("t", "id", "fresh", "old")).RunAsync(default);
        await UntilAsync(running, () => filling.Progress.Any(each => each.Walked > 0));
        await database.ExecuteAsync($"SELECT pg_terminate_backend({process})");
        await UntilAsync(running, () => filling.Progress.Any(each => each.Held?.Contains("cannot be read", StringComparison.Ordinal) == true));
        await TuneAsync(Fast);
        (await running.WaitAsync(Limit)).Walked.ShouldBe(Rows);
        filling.Progress[^1].Held.ShouldBeNull();
    }

    /// <summary>It works, then stands with its cursor where it is for as long as the reason lasts, then comes to its end.</summary>
    private async Task HeldWhileAsync(ThrottleSettings throttles, string reason, Func<PostgresSession, Task> trip, Func<PostgresSession, Task> clear, TimeProvider? time = null, int looks = 5)
    {
        await RenewAsync();
        await using var other = await PostgresSession.OpenAsync(database);
        await using var filling = new Filling(database);
        var context = await filling.ContextAsync(Slow with { Throttles = throttles });
        using var stopping = new CancellationTokenSource();
        var running = new Backfill(context with { Time = time ?? TimeProvider.System }, "t", Filling.Spec("t", "id", "fresh", "old")).RunAsync(stopping.Token);
        try
        {
            await HeldWhileAsync(running, filling, other, reason, trip, clear, looks);
        }
        finally
        {
            // Its connections are not to go while it uses them.
            await stopping.CancelAsync();
            await running.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Limit);
        }
    }

    private async Task HeldWhileAsync(
        Task<BackfillResult> running, Filling filling, PostgresSession other, string reason, Func<PostgresSession, Task> trip, Func<PostgresSession, Task> clear, int looks)
    {
        await UntilAsync(running, () => filling.Progress.Any(each => each.Walked > 0));
        await trip(other);
        BackfillProgress[] Stands() => filling.Stands(held => held.Contains(reason, StringComparison.Ordinal));
        await UntilAsync(running, () => Stands().Length >= looks);
        Stands()[0].Walked.ShouldBeInRange(1, Rows - 1);
        await clear(other);
        await TuneAsync(Fast);
        (await running.WaitAsync(Limit)).ShouldBe(new BackfillResult(Rows, Rows));
        filling.Progress[^1].Held.ShouldBeNull();
    }

    private static async Task UntilAsync(Task running, Func<bool> condition)
    {
        for (var turn = 0; !condition(); turn++)
        {
            if (running.IsCompleted)
            {
                await running;
            }
            running.IsCompleted.ShouldBeFalse();
            turn.ShouldBeLessThan(6000);
            await Task.Delay(10);
        }
    }

    private async Task RenewAsync() => await database.ExecuteAsync($"""
        DROP SCHEMA IF EXISTS safe_migrate CASCADE; DROP TABLE IF EXISTS t, busy; CREATE TABLE busy (id int);
        CREATE TABLE t (id int PRIMARY KEY, old text, fresh text); INSERT INTO t SELECT g, 'v' || g FROM generate_series(1, {Rows}) g
        """);

    private async Task TuneAsync(string tuning)
    {
        await using var driver = await database.OpenDriverAsync();
        await driver.Connection.RunAsync([new BackfillStore(driver.Connection, database.Engine.Backfill.Tables).Want("t", null, tuning)], true, 5, default);
    }

    /// <summary>The real time, at another hour.</summary>
    private sealed class Hour : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
    }
}
