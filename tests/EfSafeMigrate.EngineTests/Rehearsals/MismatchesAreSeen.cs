using EfSafeMigrate.Updates.Rehearsals;
using Npgsql;

namespace EfSafeMigrate.EngineTests.Rehearsals;

/// <summary>What the database has and the model does not know is seen while a migration runs, and said beside what review says.</summary>
public sealed class MismatchesAreSeen(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private const string Ddl = "CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL); CREATE TABLE orders (id int PRIMARY KEY, customer int, total int);";

    public Task InitializeAsync() => database.ExecuteAsync("DROP SCHEMA public CASCADE; CREATE SCHEMA public");

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("ALTER TABLE orders ADD COLUMN note text", "ACCESS EXCLUSIVE on orders")]
    [InlineData("CREATE INDEX ix ON orders (customer)", "SHARE on orders", "an index of orders is built")]
    [InlineData("ALTER TABLE orders ALTER COLUMN total TYPE bigint", "ACCESS EXCLUSIVE on orders", "orders is written anew")]
    [InlineData("ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer) REFERENCES customers (id)", "SHARE ROW EXCLUSIVE on orders", "SHARE ROW EXCLUSIVE on customers")]
    [InlineData("UPDATE orders SET total = 1 WHERE id = 1", "ROW EXCLUSIVE on orders")]
    [InlineData("ALTER TABLE customers RENAME TO clients", "ACCESS EXCLUSIVE on customers")]
    [InlineData("DROP TABLE orders", "ACCESS EXCLUSIVE on orders")]
    [InlineData("TRUNCATE orders", "ACCESS EXCLUSIVE on orders", "orders is written anew")]
    public async Task WhatIsAsReviewSaysIsConfirmed(string sql, params string[] confirmed)
    {
        await FillAsync(Ddl);
        var command = (await RehearsalStage.RunAsync(database, Ddl, new WrittenMigration("One", sql, "SELECT 1"))).Migrations[0].Commands.ShouldHaveSingleItem();

        command.Compared.Where(each => each.Verdict != Verdict.Confirmed).ShouldBeEmpty();
        command.Compared.Select(each => each.Sentence).Order().ShouldBe(confirmed.Order());
    }

    [Fact]
    public async Task APartition()
    {
        await FillAsync(Ddl.Replace("CREATE TABLE orders (id int PRIMARY KEY, customer int, total int);",
            "CREATE TABLE orders (id int PRIMARY KEY, customer int, total int) PARTITION BY RANGE (id); CREATE TABLE orders_low PARTITION OF orders FOR VALUES FROM (0) TO (1000);", StringComparison.Ordinal));

        (await OddAsync("ALTER TABLE orders ADD COLUMN note text")).ShouldBe(["NotPredicted: ACCESS EXCLUSIVE on orders_low, which review does not know of"]);
    }

    [Fact]
    public async Task AForeignKeyOfSomebodyElse()
    {
        await FillAsync(Ddl + "CREATE TABLE visits (id int PRIMARY KEY, customer int REFERENCES customers (id))");

        (await OddAsync("ALTER TABLE customers ALTER COLUMN id TYPE bigint")).ShouldBe(["NotPredicted: ACCESS EXCLUSIVE on visits, which review does not know of"]);
    }

    [Fact]
    public async Task ATrigger()
    {
        await FillAsync(Ddl + """
            CREATE TABLE audit (id int, at timestamptz DEFAULT now());
            CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO audit (id) VALUES (NEW.id); RETURN NEW; END';
            CREATE TRIGGER tr AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION log();
            """);
        var rehearsed = await RehearsalStage.RunAsync(database, Ddl, new WrittenMigration("One", "UPDATE orders SET total = 1", "SELECT 1"));

        Odd(rehearsed).ShouldBe(["NotPredicted: 3 rows of audit written, which no statement names"]);
        rehearsed.Defects.ShouldHaveSingleItem().Sentence.ShouldBe("One is undone, and 3 rows of audit are left that were not there before.");
    }

    [Fact]
    public async Task ALongTransaction()
    {
        await FillAsync(Ddl);
        await using var night = database.Connect("night-report");
        await using var reading = await night.OpenConnectionAsync();
        await using var transaction = await reading.BeginTransactionAsync();
        await using var read = new NpgsqlCommand("SELECT count(*) FROM orders", reading, transaction);
        await read.ExecuteNonQueryAsync();
        Task? leaving = null;
        var stage = new RehearsalStage(database, [new WrittenMigration("One", "ALTER TABLE orders ADD COLUMN note text", "ALTER TABLE orders DROP COLUMN note")])
        {
            Before = _ =>
            {
                leaving ??= LeaveAsync();
                return Task.CompletedTask;
            },
        };

        var rehearsed = await stage.RunAsync(Ddl);

        await leaving!;
        rehearsed.IsClean.ShouldBeTrue();
        Odd(rehearsed).ShouldHaveSingleItem().ShouldMatch(@"^NotPredicted: it waited .+ behind process \d+ \(night-report\), whose transaction is open for ");

        async Task LeaveAsync()
        {
            // As long as nobody waits there is nothing to be seen.
            const string Waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database() AND now() - query_start > interval '2 s'";
            while ((await database.QueryAsync(Waiting, [], 5, CancellationToken.None)).Rows[0][0] == "0")
            {
                await Task.Delay(20);
            }
            await transaction.RollbackAsync();
        }
    }

    [Fact]
    public async Task MoreThanWasSaid()
    {
        await FillAsync(Ddl);
        var rehearsed = await RehearsalStage.RunAsync(database, Ddl, new WrittenMigration("One", "DO $$ BEGIN EXECUTE 'LOCK TABLE ' || quote_ident(chr(111) || 'rders'); END $$", "SELECT 1"));

        rehearsed.Migrations[0].Commands[0].Compared.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            seen => seen.Verdict.ShouldBe(Verdict.NotPredicted), seen => seen.IsWorse.ShouldBeTrue(), seen => seen.Sentence.ShouldStartWith("ACCESS EXCLUSIVE on orders"));
    }

    [Fact]
    public async Task TheForecastGoesByTheRows()
    {
        await FillAsync(Ddl);
        var migration = (await RehearsalStage.RunAsync(database, Ddl, new WrittenMigration("One", ["CREATE INDEX ix ON orders (customer)", "ALTER TABLE orders ADD COLUMN note text"], ["ALTER TABLE orders DROP COLUMN note", "DROP INDEX ix"]))).Migrations[0];
        var measured = migration with { Commands = [.. migration.Commands.Select(command => command with { Milliseconds = 101, Rows = 1000 })] };
        var facts = EfSafeMigrate.Facts.FactSheet.Unknown with { Tables = new Dictionary<EfSafeMigrate.Changes.TableName, EfSafeMigrate.Facts.TableFacts> { [new(null, "orders")] = EfSafeMigrate.Facts.TableFacts.Unknown with { Rows = EfSafeMigrate.Facts.Measured.Of(1_000_000L) } } };

        var forecast = Forecast.Of(measured, database.Engine, facts);

        forecast.Commands[0].Time!.Value.TotalMilliseconds.ShouldBe(1 + 100 * 1000 * 2, 1);
        forecast.Commands[1].Time!.Value.TotalMilliseconds.ShouldBe(101, 1);
        forecast.Longest!.ShouldSatisfyAllConditions(longest => longest.Lock.Mode.ShouldBe("SHARE"), longest => longest.Time!.Value.TotalMilliseconds.ShouldBe(200_102, 1));
        Forecast.Of(measured, database.Engine, EfSafeMigrate.Facts.FactSheet.Unknown).Total.ShouldBeNull();
    }

    private async Task FillAsync(string ddl)
    {
        await database.ExecuteAsync(ddl);
        await database.ExecuteAsync("INSERT INTO customers SELECT g, 'n' || g FROM generate_series(1, 3) g; INSERT INTO orders SELECT g, g, g FROM generate_series(1, 3) g");
    }

    private async Task<IEnumerable<string>> OddAsync(string sql) => Odd(await RehearsalStage.RunAsync(database, Ddl, new WrittenMigration("One", sql, "SELECT 1")));

    private static IEnumerable<string> Odd(Rehearsed rehearsed) =>
        rehearsed.Migrations[0].Commands.SelectMany(command => command.Compared).Where(each => each is { Verdict: not Verdict.Confirmed, IsWorse: true }).Select(each => $"{each.Verdict}: {each.Sentence}");
}
