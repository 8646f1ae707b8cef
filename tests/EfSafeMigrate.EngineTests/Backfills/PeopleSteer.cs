using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>A backfill at work, and somebody who says from another connection what becomes of it.</summary>
public abstract class PeopleSteer(TestDatabase database)
{
    private const int Rows = 3000;
    private const string Fast = """{"batchSize":5000,"pauseMilliseconds":0}""";

    /// <summary>One that never ends is a failure.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Slow enough to be met at work.</summary>
    private static readonly BackfillSettings Slow = new() { BatchSize = 20, Pause = TimeSpan.FromMilliseconds(20) };

    private readonly Dialect dialect = Dialect.Of(database.Engine);

    [Fact]
    public async Task It_stands_still_and_goes_on()
    {
        await PlantAsync("paused");
        await using var filling = new Filling(database);
        var running = filling.RunAsync(Filling.Spec("paused", "id", "fresh", "old"), Slow);
        await UntilAsync(running, () => filling.Progress.Any(each => each.Walked > 0));
        await WantAsync("paused", BackfillWish.Pause);
        BackfillProgress[] Stands() => filling.Stands(reason => reason == "paused by hand");
        await UntilAsync(running, () => Stands().Length >= 4);
        Stands()[0].Walked.ShouldBeInRange(1, Rows - 1);
        await UntilAsync(running, async () => await AskAsync("state", "paused") == "Held");
        (await AskAsync("news", "paused")).ShouldContain("\"held\":\"paused by hand\"");
        await WantAsync("paused", BackfillWish.Run);
        await UntilAsync(running, async () => await AskAsync("state", "paused") == "Running");
        await WantAsync("paused", null, Fast);
        (await running.WaitAsync(Limit)).ShouldBe(new BackfillResult(Rows, Rows));
        (await AskAsync("state", "paused")).ShouldBe("Drained");
        (await AskAsync("news", "paused")).ShouldContain("\"percent\":100");
    }

    [Fact]
    public async Task It_ends_and_another_run_goes_on()
    {
        await PlantAsync("cancelled");
        await using var filling = new Filling(database);
        var spec = Filling.Spec("cancelled", "id", "fresh", "old");
        var running = filling.RunAsync(spec, Slow);
        await UntilAsync(running, () => filling.Progress.Any(each => each.Walked > 0));
        await WantAsync("cancelled", BackfillWish.Cancel);
        await Should.ThrowAsync<BackfillCancelled>(running.WaitAsync(Limit));
        (await AskAsync("state", "cancelled")).ShouldBe("Cancelled");
        var done = filling.Progress[^1].Walked;
        done.ShouldBeInRange(1, Rows - 1);
        (await CountAsync("cancelled")).ShouldBe($"{done}");
        (await filling.RunAsync(spec, run: "two")).Walked.ShouldBe(Rows);
        (await CountAsync("cancelled")).ShouldBe($"{Rows}");
        (await AskAsync("state", "cancelled")).ShouldBe("Drained");
    }

    [Fact]
    public async Task It_takes_batches_of_another_size()
    {
        await PlantAsync("tuned");
        await using var filling = new Filling(database);
        var running = filling.RunAsync(Filling.Spec("tuned", "id", "fresh", "old"), Slow);
        await UntilAsync(running, () => filling.Progress.Any(each => each.Walked > 0));
        await WantAsync("tuned", null, """{"batchSize":300,"pauseMilliseconds":1}""");
        await running.WaitAsync(Limit);
        long[] walked = [0, .. filling.Progress.Select(each => each.Walked).Distinct().Where(each => each > 0)];
        var sizes = walked.Skip(1).Zip(walked, (after, before) => after - before).ToArray();
        sizes.TakeWhile(size => size == 20).ShouldNotBeEmpty();
        var tuned = sizes.SkipWhile(size => size == 20).ToArray();
        tuned.Length.ShouldBeGreaterThan(1);
        tuned[..^1].ShouldAllBe(size => size == 300);
    }

    private async Task PlantAsync(string table)
    {
        await database.ExecuteAsync($"CREATE TABLE {table} (id int NOT NULL PRIMARY KEY, old {dialect.Text}, fresh {dialect.Text})");
        await database.ExecuteAsync($"INSERT INTO {table} (id, old) VALUES {string.Join(", ", Enumerable.Range(1, Rows).Select(id => $"({id}, 'v{id}')"))}");
    }

    private async Task WantAsync(string name, BackfillWish? wish, string? tuning = null)
    {
        await using var driver = await database.OpenDriverAsync();
        await driver.Connection.RunAsync([new BackfillStore(driver.Connection, database.Engine.Backfill.Tables).Want(name, wish, tuning)], true, 30, default);
    }

    private async Task<string> AskAsync(string column, string name) =>
        (await database.QueryAsync($"SELECT {column} FROM {database.Engine.Backfill.Tables.Backfill} WHERE name = '{name}'", [], 30, default)).Rows[0][0]!;

    private async Task<string> CountAsync(string table) => (await database.QueryAsync($"SELECT count(fresh) FROM {table}", [], 30, default)).Rows[0][0]!;

    private static Task UntilAsync(Task running, Func<bool> condition) => UntilAsync(running, () => Task.FromResult(condition()));

    private static async Task UntilAsync(Task running, Func<Task<bool>> condition)
    {
        for (var turn = 0; !await condition(); turn++)
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
}

public sealed class PeopleSteerOnPostgres(PostgresDatabase database) : PeopleSteer(database), IClassFixture<PostgresDatabase>;

public sealed class PeopleSteerOnMariaDb(MariaDbDatabase database) : PeopleSteer(database), IClassFixture<MariaDbDatabase>;

public sealed class PeopleSteerOnSqlite(SqliteDatabase database) : PeopleSteer(database), IClassFixture<SqliteDatabase>;
