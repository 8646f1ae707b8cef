using EfSafeMigrate.Changes;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.EngineTests.Backfills;

public sealed class RowsAreFilledOnPostgres(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Theory]
    [InlineData("id")]
    [InlineData("")]
    public async Task Every_row_gets_its_value_and_a_second_run_finds_nothing(string key)
    {
        await database.ExecuteAsync($"DROP TABLE IF EXISTS t; CREATE TABLE t (id int {(key.Length > 0 ? "PRIMARY KEY" : "NOT NULL")}, old text, fresh text); INSERT INTO t SELECT g, 'v' || g FROM generate_series(1, 5000) g; ANALYZE t;");
        await using var filling = new Filling(database);
        var spec = Filling.Spec("t", key, "fresh", "old");
        (await filling.RunAsync(spec, new() { BatchSize = 700 })).Changed.ShouldBe(5000);
        (await database.QueryAsync("SELECT count(*) FROM t WHERE fresh IS DISTINCT FROM old", [], 10, default)).Rows[0][0].ShouldBe("0");
        filling.News.OfType<BackfillProgress>().Select(each => each.Walked).ShouldBeInOrder();
        (await filling.RunAsync(spec, run: "two")).Changed.ShouldBe(0);
    }

    [Fact]
    public async Task Workers_share_the_table()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS w; CREATE TABLE w (a int, b text, old text, fresh text, PRIMARY KEY (a, b)); INSERT INTO w SELECT g / 10, 'k' || g, 'v' || g FROM generate_series(1, 20000) g;");
        await using var filling = new Filling(database);
        (await filling.RunAsync(Filling.Spec("w", "a,b", "fresh", "old"), new() { Workers = 3, BatchSize = 500 })).ShouldBe(new BackfillResult(20000, 20000));
    }

    [Fact]
    public async Task Rows_that_somebody_holds_are_written_last()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS h; CREATE TABLE h (id int PRIMARY KEY, old text, fresh text); INSERT INTO h SELECT g, 'v' || g FROM generate_series(1, 3000) g;");
        await using var application = await database.Source.OpenConnectionAsync();
        await using var transaction = await application.BeginTransactionAsync();
        await using var command = application.CreateCommand();
        command.CommandText = "UPDATE h SET old = 'mine' WHERE id = 900";
        await command.ExecuteNonQueryAsync();
        await using var filling = new Filling(database);
        var running = filling.RunAsync(Filling.Spec("h", "id", "fresh", "old"), new() { BatchSize = 1000 });
        while ((await database.QueryAsync("SELECT count(fresh) FROM h", [], 10, default)).Rows[0][0] != "999")
        {
            running.IsCompleted.ShouldBeFalse();
            await Task.Delay(20);
        }
        await transaction.CommitAsync();
        (await running).Changed.ShouldBe(3000);
        (await database.QueryAsync("SELECT fresh FROM h WHERE id = 900", [], 10, default)).Rows[0][0].ShouldBe("mine");
        filling.News.OfType<BackfillProgress>().Last().LockWaits.ShouldBe(1);
    }

    [Theory]
    [InlineData("secret", true)]
    [InlineData("plain", true)]
    [InlineData("plain", false)]
    public async Task Rows_that_a_policy_hides_are_not_passed_over(string table, bool hidden)
    {
        await database.ExecuteAsync("""
            DROP TABLE IF EXISTS secret, plain;
            CREATE TABLE secret (id int PRIMARY KEY, old text, fresh text); CREATE TABLE plain (id int PRIMARY KEY, old text, fresh text);
            INSERT INTO secret SELECT g, 'v' || g FROM generate_series(1, 10) g; INSERT INTO plain SELECT * FROM secret;
            ALTER TABLE secret ENABLE ROW LEVEL SECURITY; CREATE POLICY few ON secret USING (id < 5);
            DO $$ BEGIN CREATE ROLE limited_by_policies; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
            GRANT ALL ON secret, plain TO limited_by_policies
            """);
        await using var filling = new Filling(database);
        var context = await filling.ContextAsync();
        // The second table is only read from.
        var spec = Filling.Spec(table, "id", "fresh", "old") with { Sources = hidden && table == "plain" ? [new(new TableName(null, "secret"), "plain.id = secret.id")] : null };
        await context.Control.RunAsync([new("SET ROLE limited_by_policies")], false, 5, default);
        if (hidden)
        {
            var refused = await Should.ThrowAsync<SafeMigrateException>(() => BackfillWalk.FindAsync(context.Control, context.Engine, spec, default));
            refused.Message.ShouldBe("Row-level security may hide rows of secret from this user, and they would be passed over.");
            await context.Control.RunAsync([new("RESET ROLE")], false, 5, default);
        }
        (await BackfillWalk.FindAsync(context.Control, context.Engine, spec, default)).Key.Count.ShouldBe(1, "who sees all rows, or a table without policies");
    }
}
