using EfSafeMigrate.Changes;
using EfSafeMigrate.Commands;
using EfSafeMigrate.Updates.Backfills;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>A person gives table, column and value at the prompt: what would write too much, or something else, writes nothing.</summary>
public abstract class ValuesOfOnesOwn(TestDatabase database)
{
    [Theory]
    [InlineData("old -- as it was", "--value is not one SQL expression: it has a comment.")]
    [InlineData("old; DELETE FROM own", "--value is not one SQL expression: it has a ;.")]
    [InlineData("old, n = 1", "--value is not one SQL expression: it has a comma outside of parentheses.")]
    [InlineData("olld", "The value of own.fresh cannot be computed: ")]
    [InlineData("\"Olld\"", "The value of own.fresh cannot be computed: ")]
    [InlineData("count(*)", "The value of own.fresh cannot be computed: ")]
    [InlineData("fresh || 'x'", "The value of own.fresh is another each time it is computed: v1x, then v1xx. Nothing was written.")]
    [InlineData("CAST(random() AS text)", "The value of own.fresh is another each time it is computed: ")]
    public async Task Nothing_is_written(string value, string sentence)
    {
        await PlantAsync();
        (await Should.ThrowAsync<SafeMigrateException>(() => RunAsync(value))).Message.ShouldStartWith(sentence);
        (await OneAsync("SELECT count(*) FROM own WHERE fresh = 'v' || n")).ShouldBe("100");
    }

    [Theory]
    [InlineData("upper(fresh)", "upper(old)")]
    [InlineData("CASE WHEN n > 9 THEN 'many' ELSE old END", "CASE WHEN n > 9 THEN 'many' ELSE old END")]
    [InlineData("COALESCE(fresh, CAST(random() AS text))", "fresh")]
    [InlineData("'-- ; ,' || (SELECT max(o.old) FROM own o)", "'-- ; ,v99'")]
    public async Task It_is_written_where_it_is_the_same_each_time(string value, string filled)
    {
        await PlantAsync();
        (await RunAsync(value)).ShouldBeOfType<Proven>();
        (await OneAsync($"SELECT count(*) FROM own WHERE fresh = {filled}")).ShouldBe("100");
    }

    [Fact]
    public async Task By_chance_where_each_row_is_written_once()
    {
        await PlantAsync();
        await database.ExecuteAsync("UPDATE own SET fresh = NULL WHERE n > 40");
        (await RunAsync("CAST(random() AS text)", "--nulls-only")).ShouldBeOfType<Proven>();
        (await OneAsync("SELECT count(*) FROM own WHERE fresh = 'v' || n")).ShouldBe("40");
        (await OneAsync("SELECT count(DISTINCT fresh) FROM own")).ShouldBe("100");
    }

    [Fact]
    public async Task A_condition_is_whole_too()
    {
        await PlantAsync();
        (await Should.ThrowAsync<SafeMigrateException>(() => RunAsync("'x'", "--where", "n < 3) OR (true"))).Message.ShouldBe("--where is not one SQL expression: it closes a parenthesis that it does not open.");
        await RunAsync("'x'", "--where", "n < 3");
        (await OneAsync("SELECT count(*) FROM own WHERE fresh = 'x'")).ShouldBe("2");
    }

    [Fact]
    public async Task A_key_is_not_moved_while_the_backfill_goes_by_it()
    {
        await PlantAsync();
        (await Should.ThrowAsync<SafeMigrateException>(() => RunAsync("id + 1000", "--column", "id"))).Message.ShouldStartWith("own.id belongs to the key by which a backfill goes");
    }

    [Fact]
    public async Task A_view_is_no_table()
    {
        await PlantAsync();
        await database.ExecuteAsync("CREATE VIEW seen AS SELECT * FROM own");
        (await Should.ThrowAsync<SafeMigrateException>(() => RunAsync("old", "--table", "seen"))).Message.ShouldBe("There is no table seen in the database; a view is none.");
        await database.ExecuteAsync("DROP VIEW seen");
    }

    [Fact]
    public async Task Any_name_can_be_given()
    {
        await database.ExecuteAsync("""DROP TABLE IF EXISTS "a.b ""c" """);
        await database.ExecuteAsync("""CREATE TABLE "a.b ""c" (id int NOT NULL PRIMARY KEY, "Old" text, fresh text)""");
        await database.ExecuteAsync("""INSERT INTO "a.b ""c" VALUES (1, 'x', NULL)""");
        (await RunAsync("\"Old\"", "--table", "\"a.b \"\"c\"")).ShouldBeOfType<Proven>();
        BackfillChoice.TableOf("\"S.x\".\"t\"").ShouldBe(new TableName("S.x", "t"));
        BackfillChoice.TableOf("s.t").ShouldBe(new TableName("s", "t"));
    }

    [Fact]
    public async Task Who_ends_it_amid_the_proof_goes_on_there()
    {
        await PlantAsync();
        await using var filling = new Filling(database);
        using var stop = new CancellationTokenSource();
        var context = await filling.ContextAsync(new() { BatchSize = 10 });
        var spec = Filling.Spec("own", "id", "fresh", "old || '!'");
        await Should.ThrowAsync<OperationCanceledException>(() => new BackfillCourse(context with { Tell = news => (news is VerifyProgress ? stop : null)?.Cancel() }, "amid", spec) { ChunkRows = 10 }.RunAsync(stop.Token));
        var store = new BackfillStore(context.Control, database.Engine.Backfill.Tables);
        (await store.FindAsync("amid", default))!.State.ShouldBe(BackfillState.Failed);
        (await new BackfillCourse(context with { Run = "two" }, "amid", spec).RunAsync(default)).ShouldSatisfyAllConditions(
            outcome => outcome.Changed.ShouldBe(100), outcome => outcome.Verdict.ShouldBeOfType<Proven>());
    }

    private protected async Task<BackfillVerdict> RunAsync(string value, params string[] more)
    {
        await using var filling = new Filling(database);
        var context = await filling.ContextAsync();
        var app = new CommandLineApplication();
        var choice = new BackfillChoice(app);
        string[] usual = [.. more.Contains("--table") ? Array.Empty<string>() : ["--table", "own"], .. more.Contains("--column") ? Array.Empty<string>() : ["--column", "fresh"]];
        app.Parse([.. usual, "--value", value, .. more]);
        var spec = await choice.OwnAsync(context.Control, database.Engine, default);
        return (await new BackfillCourse(context, $"own {Guid.NewGuid():N}", spec).RunAsync(default)).Verdict;
    }

    private protected async Task<string?> OneAsync(string select) => (await database.QueryAsync(select, [], 30, default)).Rows[0][0];

    private async Task PlantAsync()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS own");
        await database.ExecuteAsync("CREATE TABLE own (id int NOT NULL PRIMARY KEY, n int, old text, fresh text)");
        await database.ExecuteAsync($"INSERT INTO own VALUES {string.Join(", ", Enumerable.Range(1, 100).Select(n => $"({n}, {n}, 'v{n}', 'v{n}')"))}");
    }
}

public sealed class ValuesOfOnesOwnOnPostgres(PostgresDatabase database) : ValuesOfOnesOwn(database), IClassFixture<PostgresDatabase>
{
    /// <summary>What is stored is compared with what would be stored, whatever the value's own type.</summary>
    [Theory]
    [InlineData("numeric(10,2)", "qty * 2")]
    [InlineData("numeric(10,2)", "qty * 1.2345")]
    [InlineData("int", "qty * 1.5")]
    [InlineData("real", "0.1")]
    [InlineData("double precision", "qty")]
    [InlineData("mood", "'ok'")]
    [InlineData("json", "'{}'")]
    [InlineData("citext", "'Abc'")]
    [InlineData("char(5)", "'ab'")]
    [InlineData("varchar(5)", "qty")]
    [InlineData("bit(3)", "B'101'")]
    [InlineData("positive", "qty")]
    [InlineData("varchar(5)[]", "ARRAY['a', 'b']")]
    [InlineData("timestamp(0)", "timestamp '2024-01-01 00:00:00.7'")]
    [InlineData("interval(0)", "interval '1.7 s'")]
    public async Task Any_type_takes_what_an_update_would(string type, string value)
    {
        await PlantAsync(type);
        (await RunAsync(value, "--table", "typed")).ShouldBeOfType<Proven>();
        await database.ExecuteAsync($"ALTER TABLE typed ADD plain {type}; UPDATE typed SET plain = {value}");
        (await OneAsync("SELECT count(*) FROM typed WHERE fresh::text = plain::text")).ShouldBe("20");
    }

    [Theory]
    [InlineData("varchar(3)")]
    [InlineData("char(3)")]
    [InlineData("varchar(3)[]")]
    [InlineData("short")]
    public async Task A_text_is_never_cut_off(string type)
    {
        await PlantAsync(type);
        var value = type.EndsWith(']') ? "ARRAY['abcdef']" : "'abcdef'";
        (await Should.ThrowAsync<SafeMigrateException>(() => RunAsync(value, "--table", "typed"))).Message.ShouldContain("value too long");
        (await OneAsync("SELECT count(*) FROM typed WHERE fresh IS NULL")).ShouldBe("20");
    }

    /// <summary>The key of a parent says nothing of its children.</summary>
    [Fact]
    public async Task Rows_at_fault_that_share_a_key_are_found()
    {
        await database.ExecuteAsync("""
            DROP TABLE IF EXISTS parent CASCADE;
            CREATE TABLE parent (id int PRIMARY KEY, old text, fresh int); CREATE TABLE child () INHERITS (parent);
            INSERT INTO parent SELECT g, g::text FROM generate_series(1, 50) g; INSERT INTO child SELECT g, CASE g WHEN 7 THEN 'x' ELSE g::text END FROM generate_series(1, 50) g;
            """);
        await using var filling = new Filling(database);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        (await Should.ThrowAsync<SafeMigrateException>(() => filling.RunAsync(Filling.Spec("parent", "id", "fresh", "CAST(old AS int)"), cancellation: limit.Token))).Message
            .ShouldStartWith("parent.fresh cannot be written in the row id = 7: ");
        (await OneAsync("SELECT count(*) FROM parent WHERE fresh IS NOT NULL")).ShouldBe("12");
    }

    [Fact]
    public async Task A_table_that_others_have_locked_is_said_to_be()
    {
        await PlantAsync("text");
        await using var other = await database.Source.OpenConnectionAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using var command = new Npgsql.NpgsqlCommand("LOCK TABLE typed IN ACCESS EXCLUSIVE MODE", other, transaction);
        await command.ExecuteNonQueryAsync();
        var driver = await database.OpenDriverAsync();
        await driver.Connection.RunAsync([new("SET lock_timeout = 50")], false, 10, default);
        var spec = Filling.Spec("typed", "id", "fresh", "'x'");
        var walk = await BackfillWalk.FindAsync(driver.Connection, database.Engine, spec, default);
        var refused = await Should.ThrowAsync<SafeMigrateException>(() => new ValueCheck(driver.Connection, database.Engine).RunAsync(walk, default));
        refused.Message.ShouldBe("Others hold typed: canceling statement due to lock timeout. Nothing was written.");
        refused.Code.ShouldBe(ExitCode.StoppedSafely);
        await driver.DisposeAsync();
    }

    private Task PlantAsync(string type) => database.ExecuteAsync($"""
        CREATE EXTENSION IF NOT EXISTS citext;
        DROP TABLE IF EXISTS typed; DROP TYPE IF EXISTS mood; DROP DOMAIN IF EXISTS positive; DROP DOMAIN IF EXISTS short;
        CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE DOMAIN positive AS int CHECK (VALUE > 0); CREATE DOMAIN short AS varchar(3);
        CREATE TABLE typed (id int PRIMARY KEY, qty int, fresh {type}); INSERT INTO typed SELECT g, g FROM generate_series(1, 20) g;
        """);
}

public sealed class ValuesOfOnesOwnOnSqlite(SqliteDatabase database) : ValuesOfOnesOwn(database), IClassFixture<SqliteDatabase>
{
    /// <summary>A misspelt name in double quotes is a text to SQLite, also to a backfill that nobody checked.</summary>
    [Theory]
    [InlineData("\"Nmae\"", null)]
    [InlineData("'x'", "\"Nmae\" <> 'y'")]
    public async Task A_name_that_no_column_has_is_no_text(string value, string? where)
    {
        await database.ExecuteAsync("CREATE TABLE IF NOT EXISTS named (id INTEGER PRIMARY KEY, \"Name\" TEXT, fresh TEXT); INSERT OR IGNORE INTO named VALUES (1, 'a', 'kept')");
        await using var filling = new Filling(database);
        (await Should.ThrowAsync<Sessions.QueryFailure>(() => filling.RunAsync(Filling.Spec("named", "id", "fresh", value) with { Where = where }))).Message.ShouldContain("no such column");
        (await OneAsync("SELECT fresh FROM named")).ShouldBe("kept");
    }

    /// <summary>SQLite lets a primary key be NULL, unless it says otherwise.</summary>
    [Fact]
    public async Task A_key_that_may_be_NULL_is_left_for_the_place_of_the_row()
    {
        await database.ExecuteAsync("CREATE TABLE loose (id TEXT PRIMARY KEY, old TEXT, fresh TEXT); INSERT INTO loose VALUES ('a', 1, NULL), (NULL, 2, NULL), (NULL, 3, NULL)");
        (await RunAsync("old", "--table", "loose")).ShouldBeOfType<Proven>();
        (await OneAsync("SELECT count(*) FROM loose WHERE fresh = old")).ShouldBe("3");
    }
}
