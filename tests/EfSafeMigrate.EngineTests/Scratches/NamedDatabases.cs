using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates.Scratches;
using Npgsql;

namespace EfSafeMigrate.EngineTests.Scratches;

/// <summary>A database that a person names is taken when it is empty or a dead run left its mark, emptied, and never dropped.</summary>
public sealed class NamedDatabases : IAsyncLifetime
{
    private readonly PostgresDatabase database = new();
    private readonly PostgresDatabase other = new();
    private Originals original = null!;

    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        await other.InitializeAsync();
        await database.ExecuteAsync(PostgresGraph.Sql);
        original = new(database);
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        await other.DisposeAsync();
    }

    [Fact]
    public async Task AnEmptyOneIsFilledAndEmptied()
    {
        for (var time = 0; time < 2; time++)
        {
            await using (var scratch = await original.OpenAsync(Named(other.ConnectionText, new Sample(5))))
            {
                scratch.Where.ShouldContain(new NpgsqlConnectionStringBuilder(other.ConnectionText).Database!);
                (await CountAsync(other)).ShouldBeGreaterThan(8);
                // Objects of all kinds go, also those of a rehearsal.
                await other.ExecuteAsync("CREATE SCHEMA more; CREATE TABLE more.rows (id int); CREATE VIEW v AS SELECT * FROM more.rows; CREATE SEQUENCE s; CREATE TYPE kind AS (a int); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'");
            }
            (await CountAsync(other)).ShouldBe(0);
            (await other.QueryAsync("SELECT count(*)::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public'", [], 60, default)).Rows[0][0].ShouldBe("0");
        }
    }

    [Fact]
    public async Task WhatADeadRunLeftInItIsEmptied()
    {
        var dead = ScratchOwner.New() with { Process = ScratchesOnPostgres.Dead() };
        await other.ExecuteAsync("CREATE TABLE left_over (id int)");
        await other.ExecuteAsync($"DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS %L', current_database(), '{dead}'); END $$");
        await using var scratch = await original.OpenAsync(Named(other.ConnectionText, new NoRows()));
        (await other.QueryAsync("SELECT 1 WHERE to_regclass('left_over') IS NOT NULL", [], 60, default)).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task WhatIsWrittenOnItComesBack()
    {
        await CommentAsync("'belongs to ''QA'' people'");
        await using (await original.OpenAsync(Named(other.ConnectionText, new NoRows())))
        {
            (await CommentAsync())!.ShouldStartWith("safe-migrate scratch ");
        }
        (await CommentAsync()).ShouldBe("belongs to 'QA' people");

        // Also when the run that took it was killed.
        var dead = ScratchOwner.New() with { Process = ScratchesOnPostgres.Dead() };
        await CommentAsync($"'{dead.Before("two\nlines")}'");
        await other.ExecuteAsync("CREATE TABLE left_over (id int)");
        await (await original.OpenAsync(Named(other.ConnectionText, new NoRows()))).DisposeAsync();
        (await CommentAsync()).ShouldBe("two\nlines");
    }

    [Fact]
    public async Task OneThatSomebodyUsesSinceIsRefused()
    {
        await (await original.OpenAsync(Named(other.ConnectionText, new NoRows()))).DisposeAsync();
        await other.ExecuteAsync("CREATE TABLE precious (id int)");
        (await Should.ThrowAsync<SafeMigrateException>(() => original.OpenAsync(Named(other.ConnectionText, new NoRows())))).Message.ShouldContain("has a table, and is no scratch database");
    }

    [Theory]
    [InlineData("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "has a function")]
    [InlineData("CREATE MATERIALIZED VIEW m AS SELECT 1 AS one", "has a materialized view")]
    [InlineData("CREATE TYPE one AS ENUM ('a'); CREATE DOMAIN two AS int", "has 2 types")]
    [InlineData("SELECT lo_from_bytea(0, 'x')", "has a large object")]
    public async Task OneWithAnythingElseIsRefused(string sql, string why)
    {
        await other.ExecuteAsync(sql);
        (await Should.ThrowAsync<SafeMigrateException>(() => original.OpenAsync(Named(other.ConnectionText, new NoRows())))).Message.ShouldContain($"{why}, and is no scratch database");
    }

    [Fact]
    public async Task WhatStandsOutsideOfSchemasGoesToo()
    {
        const string Left = """
            SELECT ((SELECT count(*) FROM pg_event_trigger WHERE oid >= 16384) + (SELECT count(*) FROM pg_foreign_server) + (SELECT count(*) FROM pg_foreign_data_wrapper) + (SELECT count(*) FROM pg_operator WHERE oid >= 16384)
              + (SELECT count(*) FROM pg_collation WHERE oid >= 16384) + (SELECT count(*) FROM pg_ts_config WHERE oid >= 16384) + (SELECT count(*) FROM pg_cast WHERE oid >= 16384) + (SELECT count(*) FROM pg_largeobject_metadata))::text
            """;
        await using (await original.OpenAsync(Named(other.ConnectionText, new NoRows())))
        {
            await other.ExecuteAsync("""
                CREATE FOREIGN DATA WRAPPER w; CREATE SERVER "s 1" FOREIGN DATA WRAPPER w; CREATE COLLATION "my ""sort" FROM "C"; CREATE TEXT SEARCH CONFIGURATION words (COPY = simple);
                CREATE FUNCTION same(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT $1 = $2'; CREATE OPERATOR === (FUNCTION = same, LEFTARG = int, RIGHTARG = int);
                CREATE TYPE pair AS (a int); CREATE CAST (text AS pair) WITH INOUT; SELECT lo_from_bytea(0, 'x');
                CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'nothing is dropped here'; END $$; CREATE EVENT TRIGGER guard ON sql_drop EXECUTE FUNCTION no();
                """);
            // Those of an extension are among them.
            int.Parse((await other.QueryAsync(Left, [], 60, default)).Rows[0][0]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(8);
        }
        original.News.OfType<ScratchNote>().ShouldBeEmpty();
        (await other.QueryAsync(Left, [], 60, default)).Rows[0][0].ShouldBe("0");
    }

    [Fact]
    public async Task OneOnTheSameServerIsRefusedWhereTheServerWouldBeChanged()
    {
        var refusal = await Should.ThrowAsync<SafeMigrateException>(() => original.OpenAsync(Named(other.ConnectionText, new NoRows()) with { NotOnServer = "AddReader says CREATE ROLE" }));
        refusal.Message.ShouldContain("is on the server of the database itself: AddReader says CREATE ROLE. Nothing was changed.");
        (await CommentAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task OneWithTablesIsRefused()
    {
        await other.ExecuteAsync("CREATE TABLE precious (id int); INSERT INTO precious VALUES (1)");
        var refusal = await Should.ThrowAsync<SafeMigrateException>(() => original.OpenAsync(Named(other.ConnectionText, new NoRows())));
        refusal.Message.ShouldContain("has a table, and is no scratch database");
        refusal.Code.ShouldBe(ExitCode.StoppedSafely);
        (await other.QueryAsync("SELECT count(*)::text FROM precious", [], 60, default)).Rows[0][0].ShouldBe("1");
    }

    [Fact]
    public async Task TheDatabaseItselfIsRefused()
    {
        var empty = new Originals(other);
        var refusal = await Should.ThrowAsync<SafeMigrateException>(() => empty.OpenAsync(Named(other.ConnectionText, new NoRows())));
        refusal.Message.ShouldContain("is the database itself");
        empty.News.OfType<ScratchGone>().ShouldBeEmpty("nobody reads that the real one is empty again");
    }

    [Fact]
    public async Task OneThatIsInUseIsRefused()
    {
        using var process = System.Diagnostics.Process.Start("sleep", "60");
        try
        {
            var living = ScratchOwner.New() with { Process = process.Id, Begun = process.StartTime.ToUniversalTime() };
            await other.ExecuteAsync($"DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS %L', current_database(), '{living}'); END $$");
            var refusal = await Should.ThrowAsync<SafeMigrateException>(() => original.OpenAsync(Named(other.ConnectionText, new NoRows())));
            refusal.Message.ShouldContain($"is in use by process {process.Id}");
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task RowsDoNotLeaveUnlessSomebodySaysSo()
    {
        const string Away = "Host=elsewhere.example;Database=copy;Timeout=1";
        foreach (var filling in new Filling[] { new Sample(5), new Dump("/some/dump") })
        {
            var refusal = await Should.ThrowAsync<SafeMigrateException>(() => original.OpenAsync(Named(Away, filling)));
            refusal.Next.ShouldContain("--allow-copy-to elsewhere.example");
            // Allowed, it is tried; and nobody is there.
            var reached = await Should.ThrowAsync<Exception>(() => original.OpenAsync(Named(Away, filling) with { AllowCopyTo = ["elsewhere.example"] }));
            reached.Message.ShouldNotContain("Rows would be copied");
        }
        (await Should.ThrowAsync<Exception>(() => original.OpenAsync(Named(Away, new NoRows())))).Message.ShouldNotContain("Rows would be copied");
    }

    private async Task<string?> CommentAsync() => (await other.QueryAsync(other.Engine.Scratch!.Mark.Sql, [], 60, default)).Rows[0][0];

    private Task CommentAsync(string literal) => other.ExecuteAsync($"COMMENT ON DATABASE \"{new NpgsqlConnectionStringBuilder(other.ConnectionText).Database}\" IS {literal}");

    private static ScratchChoice Named(string connection, Filling filling) => new(ScratchPlace.Named, filling) { Connection = connection };

    private static async Task<int> CountAsync(PostgresDatabase database) =>
        (await database.QueryAsync(database.Engine.Scratch!.Tables.Sql, [], 60, default)).Rows.Count;
}
