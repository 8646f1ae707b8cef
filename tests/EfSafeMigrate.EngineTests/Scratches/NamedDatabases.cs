using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates.Scratches;
using Npgsql;

namespace EfSafeMigrate.EngineTests.Scratches;

/// <summary>A database that a person names is taken when it is empty or was a scratch before, emptied, and never dropped.</summary>
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

    private static ScratchChoice Named(string connection, Filling filling) => new(ScratchPlace.Named, filling) { Connection = connection };

    private static async Task<int> CountAsync(PostgresDatabase database) =>
        (await database.QueryAsync(database.Engine.Scratch!.Tables.Sql, [], 60, default)).Rows.Count;
}
