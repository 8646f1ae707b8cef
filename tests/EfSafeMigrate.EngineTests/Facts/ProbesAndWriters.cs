using System.Diagnostics;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using Npgsql;
using static EfSafeMigrate.EngineTests.Schema;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.EngineTests.Facts;

/// <summary>A million rows under INSERT, UPDATE and DELETE: the questions are answered, and the writer never waits for a lock.</summary>
public sealed class ProbesAndWriters(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Writer = "writer";
    private const string Ddl = """
        CREATE TABLE customers (id bigint PRIMARY KEY, email text);
        CREATE TABLE orders (id integer PRIMARY KEY, customer_id bigint, note text, code varchar(40), qty integer);
        """;

    [Fact]
    public async Task NoWriterWaitsForAProbe()
    {
        await database.ExecuteAsync(Ddl);
        await database.ExecuteAsync("""
            INSERT INTO customers SELECT g, 'u' || g FROM generate_series(1, 50000) g;
            INSERT INTO orders SELECT g, g % 50000 + 1, 'note', 'code ' || g, g % 10 + 1 FROM generate_series(1, 1000000) g;
            """);
        await database.ExecuteAsync("ANALYZE customers, orders");
        using var stop = new CancellationTokenSource();
        var writing = WriteAsync(stop.Token);
        var watching = WatchAsync(stop.Token);

        var clock = Stopwatch.StartNew();
        var answers = await database.ProbeAsync(Changes(), TimeSpan.FromMinutes(2));
        clock.Stop();
        await stop.CancelAsync();
        var (writes, lockWaits, samples) = (await writing, (await watching).Waits, (await watching).Samples);

        answers.ShouldAllBe(probe => probe.Unanswered == null);
        answers.Where(probe => probe.Checked is not null).Select(probe => probe.Kind).ShouldBe(
            [ProbeKind.Duplicates, ProbeKind.Nulls, ProbeKind.Orphans, ProbeKind.DoNotFit, ProbeKind.Violations], ignoreOrder: true);
        writes.ShouldBeGreaterThan(20, $"the writer has to be at work during the {clock.ElapsedMilliseconds} ms of the probes");
        samples.ShouldBeGreaterThan(20);
        lockWaits.ShouldBe(0);
    }

    private ChangeSet Changes()
    {
        var orders = Table("orders");
        return database.Engine.Model(Ddl).Set(
            new CreateIndex(orders, new Index("ux", ["code"]) { Unique = true }),
            new AlterColumn(orders, new("note", "text", false), new("note", "text", true)),
            new AddForeignKey(orders, new ForeignKey("fk", ["customer_id"], Table("customers"), ["id"])),
            new AlterColumn(orders, new("code", "varchar(20)", true), new("code", "varchar(40)", true)),
            new AddCheckConstraint(orders, new CheckConstraint("ck", "qty > 0")));
    }

    private async Task<int> WriteAsync(CancellationToken stop)
    {
        await using var source = database.Connect(Writer);
        await using var connection = await source.OpenConnectionAsync(CancellationToken.None);
        var writes = 0;
        for (var id = 2_000_000; !stop.IsCancellationRequested; id++, writes++)
        {
            await using var command = new NpgsqlCommand($"""
                INSERT INTO orders VALUES ({id}, 1, 'note', 'code {id}', 1);
                UPDATE orders SET qty = qty + 1 WHERE id IN ({id}, {id % 1000 + 1});
                DELETE FROM orders WHERE id = {id};
                """, connection);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        return writes;
    }

    private async Task<(int Waits, int Samples)> WatchAsync(CancellationToken stop)
    {
        await using var source = database.Connect("watcher");
        await using var connection = await source.OpenConnectionAsync(CancellationToken.None);
        var (waits, samples) = (0, 0);
        for (; !stop.IsCancellationRequested; samples++)
        {
            await using var command = new NpgsqlCommand($"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = '{Writer}' AND wait_event_type = 'Lock'", connection);
            waits += Convert.ToInt32(await command.ExecuteScalarAsync(CancellationToken.None), System.Globalization.CultureInfo.InvariantCulture);
            await Task.Delay(5, CancellationToken.None);
        }
        return (waits, samples);
    }
}
