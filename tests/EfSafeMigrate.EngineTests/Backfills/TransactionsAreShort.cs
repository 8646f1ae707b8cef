using System.Diagnostics;
using System.Globalization;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>Old row versions, and replicas, wait for the oldest transaction: none lasts longer than a batch.</summary>
public abstract class TransactionsAreShort(TestDatabase database)
{
    [Fact]
    public async Task None_lasts_as_long_as_the_run()
    {
        var dialect = Dialect.Of(database.Engine);
        await database.ExecuteAsync("CREATE TABLE slow (id int PRIMARY KEY, n int, old int, fresh int)");
        await database.ExecuteAsync($"INSERT INTO slow VALUES {string.Join(", ", Enumerable.Range(0, 1000).Select(id => $"({id}, {id}, {id}, NULL)"))}");
        foreach (var statement in dialect.SlowRows("slow"))
        {
            await database.ExecuteAsync(statement);
        }
        await using var filling = new Filling(database);
        // 1000 rows of 5 ms each are five seconds together, and a batch is a tenth of one.
        var running = filling.RunAsync(Filling.Spec("slow", "id", "fresh", "old"), new() { BatchSize = 20 });
        var clock = Stopwatch.StartNew();
        var (oldest, samples) = (0.0, 0);
        while (!running.IsCompleted)
        {
            oldest = Math.Max(oldest, double.Parse((await database.QueryAsync(dialect.OldestTransaction, [], 10, default)).Rows[0][0]!, CultureInfo.InvariantCulture));
            samples++;
            // The list of transactions is made anew only when nobody has read it for a tenth of a second.
            await Task.Delay(150);
        }
        (await running).Changed.ShouldBe(1000);
        samples.ShouldBeGreaterThan(3);
        oldest.ShouldBeInRange(double.Epsilon, clock.Elapsed.TotalSeconds / 2);
    }
}

public sealed class TransactionsAreShortOnPostgres(PostgresDatabase database) : TransactionsAreShort(database), IClassFixture<PostgresDatabase>;

public sealed class TransactionsAreShortOnMariaDb(MariaDbDatabase database) : TransactionsAreShort(database), IClassFixture<MariaDbDatabase>;
