using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.Postgres;
using Npgsql;

namespace EfSafeMigrate.EngineTests.Updates;

/// <summary>A transaction that takes rows away of which no statement speaks comes to nothing.</summary>
public sealed class RowsAreKept : IAsyncLifetime
{
    private const string Ddl = """
        CREATE SCHEMA "odd ""schema";
        CREATE TABLE tiers (id int PRIMARY KEY);
        CREATE TABLE "odd ""schema"."the orders" (id int PRIMARY KEY, tier int REFERENCES tiers ON DELETE CASCADE);
        CREATE TABLE events (id int, day date) PARTITION BY RANGE (day);
        CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
        CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
        INSERT INTO tiers SELECT generate_series(1, 3);
        INSERT INTO "odd ""schema"."the orders" SELECT id, id % 3 + 1 FROM generate_series(1, 9) id;
        INSERT INTO events SELECT id, '2026-01-10' FROM generate_series(1, 5) id;
        """;

    private static readonly KeptRowsForms Forms = PostgresEngine.Value.Updates.KeptRows!;

    private readonly PostgresDatabase database = new();

    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        await database.ExecuteAsync(Ddl);
    }

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Theory]
    [InlineData("UPDATE tiers SET id = id + 10 WHERE id = 99")]
    [InlineData("UPDATE events SET day = '2026-02-10'")]
    [InlineData("DELETE FROM events_1; INSERT INTO events SELECT id, '2026-02-10' FROM generate_series(1, 5) id")]
    [InlineData("INSERT INTO tiers VALUES (50)")]
    [InlineData("CREATE TABLE passing (id int); INSERT INTO passing VALUES (1); DELETE FROM passing; DROP TABLE passing")]
    public async Task WhatKeepsThemPasses(string sql) => (await RunAsync(sql)).ShouldBeNull();

    [Fact]
    public async Task AStatementThatNamesTheTableMayEmptyIt() => (await RunAsync("DELETE FROM \"odd \"\"schema\".\"the orders\"", new TableName("odd \"schema", "the orders"))).ShouldBeNull();

    [Theory]
    [InlineData("DELETE FROM events_1 WHERE id = 1", "events_1")]
    [InlineData("DELETE FROM tiers_view WHERE id = 3", "tiers_view")]
    [InlineData("DELETE FROM parents", "parents")]
    [InlineData("DELETE FROM parents; ALTER TABLE parents RENAME TO elders; ALTER TABLE children SET SCHEMA \"odd \"\"schema\"", "parents")]
    [InlineData("DELETE FROM passing", "passing", "CREATE TABLE passing AS SELECT 1 AS id")]
    public async Task WhatStandsBehindTheNameMayBeEmptied(string sql, string name, string before = "SELECT 1")
    {
        await database.ExecuteAsync("""
            DELETE FROM "odd ""schema"."the orders";
            CREATE VIEW tiers_view AS SELECT * FROM tiers;
            CREATE TABLE parents (id int);
            CREATE TABLE children () INHERITS (parents);
            INSERT INTO children VALUES (1), (2)
            """);
        await database.ExecuteAsync(before);
        (await RunAsync(sql, new TableName(null, name))).ShouldBeNull();
        (await RunAsync("DELETE FROM tiers WHERE id = 1", new TableName(null, "parents")))?.SqlState.ShouldBe(Forms.Lost);
    }

    /// <summary>A concurrent refresh deletes what is no longer so.</summary>
    [Fact]
    public async Task WhatIsNotTheApplicationsMayShrink()
    {
        await database.ExecuteAsync("""
            CREATE TABLE sources AS SELECT generate_series(1, 5) AS id;
            CREATE MATERIALIZED VIEW copies AS SELECT id FROM sources;
            CREATE UNIQUE INDEX ON copies (id)
            """);
        (await RunAsync("DELETE FROM sources WHERE id < 3; REFRESH MATERIALIZED VIEW CONCURRENTLY copies", new TableName(null, "sources"))).ShouldBeNull();
        await database.ExecuteAsync("ALTER EXTENSION plpgsql ADD TABLE events_1");
        (await RunAsync("DO $$ BEGIN EXECUTE 'DELETE FROM events_1'; END $$")).ShouldBeNull();
        await using var connection = await database.Source.OpenConnectionAsync();
        await using (var before = new NpgsqlCommand("CREATE TEMP TABLE passing AS SELECT generate_series(1, 5) AS id", connection))
        {
            await before.ExecuteNonQueryAsync();
        }
        (await RunAsync(connection, "DO $$ BEGIN EXECUTE 'DELETE FROM passing'; END $$")).ShouldBeNull();
    }

    [Theory]
    [InlineData("DO $$ BEGIN EXECUTE 'DELETE FROM events_1'; END $$", true)]
    [InlineData("DELETE FROM \"odd \"\"schema\".\"the orders\" WHERE id = 1", true)]
    [InlineData("DELETE FROM events_1", true, "EVENTS_1")]
    [InlineData("DELETE FROM events_1", false, "events_10, my_events_1")]
    public async Task ATextThatNamesTheTableMayEmptyIt(string sql, bool passes, string? text = null)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        (await RunAsync(connection, sql, [], text ?? sql))?.SqlState.ShouldBe(passes ? null : Forms.Lost);
    }

    [Fact]
    public async Task ACascadeDoesNotNameTheOtherTable()
    {
        var failure = await RunAsync("DELETE FROM tiers WHERE id = 1", new TableName(null, "tiers"));
        (failure?.SqlState, failure?.MessageText).ShouldBe((Forms.Lost, "it takes away 3 rows of \"odd \"\"schema\".\"the orders\" although no statement of it names them"));
        (await CountAsync()).ShouldBe((3, 9));
    }

    [Fact]
    public async Task AFunctionSaysNothing()
    {
        var failure = await RunAsync("DO $$ BEGIN EXECUTE 'DELETE FROM tiers WHERE id = 1'; EXECUTE 'DELETE FROM events_1 WHERE id = 1'; END $$");
        failure?.MessageText.ShouldBe("it takes away 3 rows of \"odd \"\"schema\".\"the orders\", 1 row of events, 1 row of tiers although no statement of it names them");
    }

    /// <summary>The server goes on counting a transaction that has ended with the next one, for a second.</summary>
    [Fact]
    public async Task WhatTheSessionDidBeforeIsNotTheirs()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using (var before = new NpgsqlCommand("DELETE FROM events", connection))
        {
            (await before.ExecuteNonQueryAsync()).ShouldBe(5);
        }
        (await RunAsync(connection, "INSERT INTO tiers VALUES (60)")).ShouldBeNull();
        (await RunAsync(connection, "DELETE FROM tiers WHERE id = 60"))?.MessageText.ShouldBe("it takes away 1 row of tiers although no statement of it names them");
    }

    private async Task<PostgresException?> RunAsync(string sql, params TableName[] said)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await RunAsync(connection, sql, said);
    }

    private static async Task<PostgresException?> RunAsync(NpgsqlConnection connection, string sql, TableName[]? names = null, params string[] texts)
    {
        var said = names ?? [];
        await using var transaction = await connection.BeginTransactionAsync();
        try
        {
            foreach (var each in new[] { Forms.Begin(said), sql, Forms.Check(said, texts) })
            {
                await using var command = new NpgsqlCommand(each, connection, transaction);
                await command.ExecuteNonQueryAsync();
            }
            await transaction.CommitAsync();
            return null;
        }
        catch (PostgresException exception)
        {
            return exception;
        }
    }

    private async Task<(long, long)> CountAsync()
    {
        await using var command = database.Source.CreateCommand("SELECT (SELECT count(*) FROM tiers), (SELECT count(*) FROM \"odd \"\"schema\".\"the orders\")");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
