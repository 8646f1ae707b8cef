using EfSafeMigrate.Updates.Backfills;
using Npgsql;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>A streaming standby stops applying the log; the server's own figure of its lag would stand still with it.</summary>
public sealed class ReplicasAreWaitedFor : IAsyncLifetime
{
    private const int Rows = 4000;

    /// <summary>One that never ends is a failure.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private StandbyPair pair = null!;
    private PostgresDatabase database = null!;

    public async Task InitializeAsync()
    {
        pair = await StandbyPair.StartAsync();
        database = PostgresDatabase.On(pair.Primary);
        await database.InitializeAsync();
        await database.ExecuteAsync($"CREATE TABLE t (id int PRIMARY KEY, old text, fresh text); INSERT INTO t SELECT g, 'v' || g FROM generate_series(1, {Rows}) g");
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        await pair.DisposeAsync();
    }

    [Fact]
    public async Task One_that_is_late_holds_the_batches_and_lets_them_go_when_it_has_caught_up()
    {
        await using var filling = new Filling(database);
        var running = filling.RunAsync(Filling.Spec("t", "id", "fresh", "old"), new() { BatchSize = 10, Pause = TimeSpan.FromMilliseconds(20), Throttles = new() { Lag = TimeSpan.FromSeconds(1) } });
        await UntilAsync(running, () => filling.Progress.Any(each => each.Walked > 0 && each.Lag is not null));
        await OnStandbyAsync("SELECT pg_wal_replay_pause()");
        BackfillProgress[] Stands() => filling.Stands(reason => reason.StartsWith("replica standby1 is ", StringComparison.Ordinal));
        await UntilAsync(running, () => Stands().Length >= 6);
        var stands = Stands();
        stands[0].Walked.ShouldBeInRange(1, Rows - 1);
        stands.Select(each => each.Lag!.Value).ShouldBeInOrder();
        stands[^1].Lag!.Value.ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
        await OnStandbyAsync("SELECT pg_wal_replay_resume()");
        await WantAsync(null, """{"batchSize":5000,"pauseMilliseconds":0}""");
        (await running.WaitAsync(Limit)).ShouldBe(new BackfillResult(Rows, Rows));
        filling.Progress[^1].Held.ShouldBeNull();
    }

    [Fact]
    public async Task One_that_goes_away_holds_them_too()
    {
        await using var filling = new Filling(database);
        var running = filling.RunAsync(Filling.Spec("t", "id", "fresh", "old"), new() { BatchSize = 10, Pause = TimeSpan.FromMilliseconds(20) });
        await UntilAsync(running, () => filling.Progress.Any(each => each.Walked > 0 && each.Lag is not null));
        await pair.StopStandbyAsync();
        await UntilAsync(running, () => filling.Progress.Any(each => each.Held == "replica standby1 has gone away; it is waited for until it is gone for 60 s"));
        await WantAsync(BackfillWish.Cancel);
        await Should.ThrowAsync<BackfillCancelled>(running.WaitAsync(Limit));
    }

    /// <summary>On a server of its own: whoever writes to it counts.</summary>
    [Fact]
    public async Task The_log_that_others_write_holds_them()
    {
        await using var filling = new Filling(database);
        var running = filling.RunAsync(
            Filling.Spec("t", "id", "fresh", "old"), new() { BatchSize = 10, Pause = TimeSpan.FromMilliseconds(20), Throttles = new() { Lag = TimeSpan.Zero, LogRate = 1 << 20 } });
        await UntilAsync(running, () => filling.Progress.Any(each => each.Walked > 0));
        BackfillProgress[] Stands() => [.. filling.Progress.Where(each => each.Held?.Contains("of write-ahead log are written in a second, the limit is 1 MB", StringComparison.Ordinal) == true)];
        using var enough = new CancellationTokenSource();
        var writing = WriteAsync(enough.Token);
        await UntilAsync(running, () => Stands().Length >= 5);
        await enough.CancelAsync();
        await writing;
        Stands()[1..5].Select(each => each.Walked).Distinct().ShouldHaveSingleItem().ShouldBeInRange(1, Rows - 1);
        await WantAsync(null, """{"batchSize":5000,"pauseMilliseconds":0}""");
        (await running.WaitAsync(Limit)).ShouldBe(new BackfillResult(Rows, Rows));
        filling.Progress[^1].Held.ShouldBeNull();
    }

    private async Task WriteAsync(CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            await database.ExecuteAsync("SELECT pg_logical_emit_message(false, 'test', repeat('x', 1000000))");
            await Task.Delay(20, CancellationToken.None);
        }
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

    private async Task WantAsync(BackfillWish? wish, string? tuning = null)
    {
        await using var driver = await database.OpenDriverAsync();
        await driver.Connection.RunAsync([new BackfillStore(driver.Connection, database.Engine.Backfill.Tables).Want("t", wish, tuning)], true, 5, default);
    }

    private async Task OnStandbyAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(pair.Standby);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
