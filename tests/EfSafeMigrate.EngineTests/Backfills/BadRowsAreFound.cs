using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>Rows that cannot get their value, among many that can.</summary>
public abstract class BadRowsAreFound(TestDatabase database)
{
    private static readonly int Rows = Environment.GetEnvironmentVariable("SAFE_MIGRATE_FULL") == "1" ? 100_000 : 20_000;
    private static readonly int[] Bad = [1, 77, 78, 79, 4000, 4096, 8191, 12_345, 19_999, 20_000];

    private static readonly BackfillSettings Skip = new() { OnRowError = OnRowError.SkipAndList };

    private protected Amounts Table { get; } = new(database);

    [Fact]
    public async Task The_first_ends_it_and_is_named_and_a_rerun_begins_right_there()
    {
        await Table.PlantAsync(Rows, id => id > 1 && Bad.Contains(id));
        await using var filling = new Filling(database);
        var stopped = await Should.ThrowAsync<SafeMigrateException>(() => filling.RunAsync(Amounts.Spec));
        stopped.Message.ShouldStartWith("amounts.twice cannot be written in the row id = 77: ");
        stopped.Code.ShouldBe(ExitCode.NeedsPerson);
        (await FilledAsync()).ShouldBe("76");
        (await RecordAsync(filling)).State.ShouldBe(BackfillState.Failed);

        await database.ExecuteAsync("UPDATE amounts SET amount = 77 WHERE id IN (77, 78, 79)");
        (await Should.ThrowAsync<SafeMigrateException>(() => filling.RunAsync(Amounts.Spec, run: "two"))).Message.ShouldStartWith("amounts.twice cannot be written in the row id = 4000: ");
        (await FilledAsync()).ShouldBe("3999");
        filling.News.OfType<RowSetAside>().ShouldBeEmpty();

        await database.ExecuteAsync("UPDATE amounts SET amount = 1 WHERE amount > 9000000");
        await filling.RunAsync(Amounts.Spec, run: "three");
        (await FilledAsync()).ShouldBe($"{Rows}");
    }

    [Fact]
    public async Task All_are_listed_and_only_they_where_they_may_be_left_out()
    {
        await Table.PlantAsync(Rows, id => Bad.Contains(id));
        await using var filling = new Filling(database);
        (await filling.RunAsync(Amounts.Spec, Skip)).Changed.ShouldBe(Rows - Bad.Length);
        (await ListAsync(filling)).ShouldBe(Bad);
        filling.News.OfType<RowSetAside>().Select(row => int.Parse(row.Key[0])).ShouldBe(Bad);
        filling.News.OfType<BackfillProgress>().Last().Quarantined.ShouldBe(Bad.Length);
        (await FilledAsync()).ShouldBe($"{Rows - Bad.Length}");
        var differs = (await filling.VerifyAsync(Amounts.Spec)).ShouldBeOfType<Differs>();
        differs.Rows.ShouldBe(Bad.Length);
        differs.Chunks.SelectMany(chunk => chunk.Keys).Select(key => int.Parse(key[0])).ShouldBe(Bad);

        await database.ExecuteAsync("UPDATE amounts SET amount = 1 WHERE id IN (77, 4096, 20000)");
        var context = await filling.ContextAsync(Skip);
        var walk = await BackfillWalk.FindAsync(context.Control, context.Engine, Amounts.Spec, default);
        var left = await new BadRows(context, context.Control, new(context.Control, context.Engine.Backfill.Tables), "amounts", walk).TryAgainAsync(default);
        left.ShouldBe(Bad.Length - 3);
        (await ListAsync(filling)).ShouldBe(Bad.Except([77, 4096, 20_000]));
        (await FilledAsync()).ShouldBe($"{Rows - left}");
    }

    [Fact]
    public async Task An_expression_that_suits_no_row_ends_it_soon()
    {
        await Table.PlantAsync(2000, _ => true);
        await using var filling = new Filling(database);
        var stopped = await Should.ThrowAsync<SafeMigrateException>(() => filling.RunAsync(Amounts.Spec, Skip));
        stopped.Message.ShouldStartWith("None of the first 50 rows of a batch of amounts can get a value in twice; the next is id = 51: ");
        (await ListAsync(filling)).Count.ShouldBe(BadRows.AtOnce);
    }

    private protected static async Task<IReadOnlyList<int>> ListAsync(Filling filling) => [.. (await (await StoreAsync(filling)).SetAsideAsync("amounts", default)).Select(row => int.Parse(row.Key[0])).Order()];

    private protected Task<string?> FilledAsync() => Table.OneAsync("SELECT count(*) FROM amounts WHERE twice = amount * 2");

    private static async Task<BackfillRecord> RecordAsync(Filling filling) => (await (await StoreAsync(filling)).FindAsync("amounts", default))!;

    private static async Task<BackfillStore> StoreAsync(Filling filling) => await filling.ContextAsync() is var context ? new(context.Control, context.Engine.Backfill.Tables) : null!;
}

public sealed class BadRowsAreFoundOnPostgres(PostgresDatabase database) : BadRowsAreFound(database), IClassFixture<PostgresDatabase>
{
    private static readonly BackfillSettings Skip = new() { OnRowError = OnRowError.SkipAndList };

    [Fact]
    public async Task Too_many_are_no_exceptions()
    {
        await Table.PlantAsync(1500, id => id > 1);
        await using var filling = new Filling(database);
        (await Should.ThrowAsync<SafeMigrateException>(() => filling.RunAsync(Amounts.Spec, Skip))).Message
            .ShouldStartWith("More than 1,000 rows of amounts cannot get their value in twice; the next is id = 1002: ");
        (await ListAsync(filling)).Count.ShouldBe(BadRows.Most);
    }

    [Fact]
    public async Task Rows_that_are_left_out_keep_the_contract_back()
    {
        await Table.PlantAsync(2000, id => id is 5 or 1999);
        await using var filling = new Filling(database);
        await filling.RunAsync(Amounts.Spec, Skip);
        var ask = database.Engine.Unfilled(Amounts.Spec);
        (await database.QueryAsync(ask.Sql, ask.Parameters, 10, default)).Rows[0][0].ShouldBe("2");
    }

    [Fact]
    public async Task Rows_without_a_key_are_found_by_their_places()
    {
        await Table.PlantAsync(2000, id => id is 5 or 6 or 1999, key: "");
        await using var filling = new Filling(database);
        var spec = Amounts.Spec with { Key = [] };
        (await Should.ThrowAsync<SafeMigrateException>(() => filling.RunAsync(spec))).Message.ShouldStartWith("amounts.twice cannot be written in the row ctid = (0,5): ");
        await filling.RunAsync(spec, Skip, "two");
        (await FilledAsync()).ShouldBe("1997");
        filling.News.OfType<RowSetAside>().Select(row => row.Key[0]).Distinct().Count().ShouldBe(3);
        (await filling.VerifyAsync(spec)).ShouldBeOfType<Differs>().Rows.ShouldBe(3);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("")]
    public async Task A_value_that_cannot_be_converted_is_a_fault_of_its_row(string key)
    {
        await Table.ForgetAsync();
        await database.ExecuteAsync("DROP TABLE IF EXISTS numbers; CREATE TABLE numbers (id int PRIMARY KEY, text text, number int); INSERT INTO numbers SELECT g, CASE WHEN g IN (7, 900) THEN 'x' ELSE g::text END FROM generate_series(1, 2000) g");
        await using var filling = new Filling(database);
        var spec = Filling.Spec("numbers", key, "number", "CAST(text AS int)");
        var stopped = await Should.ThrowAsync<SafeMigrateException>(() => filling.RunAsync(spec));
        stopped.Message.ShouldBe($"numbers.number cannot be written in the row {(key == "id" ? "id = 7" : "ctid = (0,7)")}: invalid input syntax for type integer: \"x\". All rows before it are written.");
        await filling.RunAsync(spec, Skip, "two");
        (await Table.OneAsync("SELECT string_agg(id::text, ',' ORDER BY id) FROM numbers WHERE number IS NULL")).ShouldBe("7,900");
        (await filling.VerifyAsync(spec)).ShouldBeOfType<Differs>().Rows.ShouldBe(2);
    }
}

public sealed class BadRowsAreFoundOnMariaDb(MariaDbDatabase database) : BadRowsAreFound(database), IClassFixture<MariaDbDatabase>
{
    /// <summary>MariaDB locks a row before it looks what becomes of it.</summary>
    [Fact]
    public async Task A_row_that_somebody_holds_does_not_begin_the_count_again()
    {
        await Table.PlantAsync(2000, _ => true);
        await using var filling = new Filling(database);
        await using var holder = await database.OpenAsync();
        await holder.RunAsync("START TRANSACTION; SELECT * FROM amounts WHERE id = 30 FOR UPDATE;");
        var run = Task.Run(() => filling.RunAsync(Amounts.Spec, new BackfillSettings { OnRowError = OnRowError.SkipAndList }));
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!filling.News.OfType<BatchPutOff>().Any() && !run.IsCompleted)
        {
            await Task.Delay(50, limit.Token);
        }
        await holder.RunAsync("ROLLBACK");
        (await Should.ThrowAsync<SafeMigrateException>(() => run)).Message.ShouldStartWith("None of the first 50 rows of a batch of amounts can get a value in twice; the next is id = 51: ");
        filling.News.OfType<BatchPutOff>().ShouldNotBeEmpty();
    }
}

public sealed class BadRowsAreFoundOnSqlite(SqliteDatabase database) : BadRowsAreFound(database), IClassFixture<SqliteDatabase>;
