using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.EngineTests.Scratches;

/// <summary>What is tried on a scratch database stays in it, and what its user may not have is done without.</summary>
public sealed class ScratchesReachNobodyElse : IAsyncLifetime
{
    private readonly PostgresDatabase database = new();
    private Originals original = null!;

    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        await database.ExecuteAsync("CREATE TABLE \"__EFMigrationsHistory\" (\"MigrationId\" text PRIMARY KEY, \"ProductVersion\" text NOT NULL)");
        original = new(database);
    }

    public Task DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task NoWayLeadsIntoAnotherDatabase()
    {
        await database.ExecuteAsync("""
            CREATE FOREIGN DATA WRAPPER elsewhere; CREATE SERVER there FOREIGN DATA WRAPPER elsewhere OPTIONS (host 'x');
            CREATE USER MAPPING FOR CURRENT_USER SERVER there OPTIONS (password 'se;cr''et', "user" 'me'); CREATE USER MAPPING FOR PUBLIC SERVER there; CREATE FOREIGN TABLE far (id int) SERVER there;
            """);
        await using var scratch = await original.OpenAsync(ScratchPlace.Server, new NoRows());
        await using var link = await original.ConnectAsync(scratch.ConnectionString);

        original.News.OfType<ScratchNote>().ShouldBeEmpty();
        (await link.OneAsync(new Ask("SELECT count(*)::text FROM pg_user_mappings"), default)).ShouldBe("0");
        (await link.OneAsync(new Ask("SELECT to_regclass('public.far')::text"), default)).ShouldBe("far");
        (await OneAsync("SELECT count(*)::text FROM pg_user_mappings")).ShouldBe("2");
        // No password goes over the line either, to whichever server.
        const string Dump = "CREATE USER MAPPING FOR me SERVER there OPTIONS (\n    password 'se;cr''et',\n    \"us;er\" 'me'\n);\nCREATE TABLE t ();\n";
        database.Engine.Scratch!.Server!.Tools!.Alone(Dump).ShouldBe("\nCREATE TABLE t ();\n");
    }

    [Fact]
    public async Task AParentThatMayNotBeReadTakesItsChildrenWithIt()
    {
        await database.ExecuteAsync("""
            CREATE SCHEMA closed; CREATE TABLE closed.parents (id int PRIMARY KEY); CREATE TABLE children (id int PRIMARY KEY, parent int REFERENCES closed.parents);
            INSERT INTO closed.parents SELECT generate_series(1, 9); INSERT INTO children SELECT i, NULLIF(i, 9) FROM generate_series(1, 9) i;
            """);
        await using var limited = await Roles.MakeAsync(database, original, "CREATEDB", mayRead: false,
            "CREATE TABLE \"__EFMigrationsHistory\" (\"MigrationId\" text PRIMARY KEY, \"ProductVersion\" text NOT NULL)", "CREATE SCHEMA closed", "CREATE TABLE closed.parents (id int PRIMARY KEY)", "CREATE TABLE children (id int PRIMARY KEY, parent int REFERENCES closed.parents)");
        await database.ExecuteAsync($"GRANT SELECT ON children TO {limited.Role}");
        await using var scratch = await limited.Original.OpenAsync(ScratchPlace.Auto, new Sample(100));
        await using var link = await limited.Original.ConnectAsync(scratch.ConnectionString);

        (await link.OneAsync(new Ask("SELECT string_agg(id::text, ',') FROM children"), default)).ShouldBe("9");
        limited.Original.News.OfType<ScratchNote>().Select(note => note.Sentence).ShouldContain("closed.parents stays empty: permission denied for schema closed");
    }

    [Fact]
    public async Task RowsThatAPolicyHidesFromTheirOwnerAreCopied()
    {
        await using var limited = await Roles.MakeAsync(database, original, "CREATEDB");
        await database.ExecuteAsync($"""
            CREATE TABLE guarded (id int PRIMARY KEY, tenant text); INSERT INTO guarded VALUES (1, 'a'), (2, 'b'); ALTER TABLE guarded ENABLE ROW LEVEL SECURITY; ALTER TABLE guarded FORCE ROW LEVEL SECURITY;
            CREATE POLICY reads ON guarded FOR SELECT USING (true); CREATE POLICY writes ON guarded FOR INSERT WITH CHECK (tenant = current_setting('app.tenant', true));
            """);
        await using var scratch = await limited.Original.OpenAsync(ScratchPlace.Server, new Sample(100));
        await using var link = await limited.Original.ConnectAsync(scratch.ConnectionString);

        (await link.OneAsync(new Ask("SELECT count(*) || ' ' || (SELECT relforcerowsecurity FROM pg_class WHERE oid = 'guarded'::regclass) FROM guarded"), default)).ShouldBe("2 true");
    }

    [Fact]
    public async Task WhatChangesTheWholeServerIsTriedOnAPrivateOne()
    {
        var role = $"reader_{Guid.NewGuid():N}";
        await using (var scratch = await original.OpenAsync(new ScratchChoice(ScratchPlace.Auto, new NoRows()) { NotOnServer = "AddReader says CREATE ROLE" }))
        {
            await using var link = await original.ConnectAsync(scratch.ConnectionString);
            // The database is called as it is called there.
            await link.RunAsync([$"CREATE ROLE {role}", $"ALTER DATABASE {await OneAsync("SELECT current_database()")} SET work_mem = '5MB'"], default);
            (await link.OneAsync(new Ask("SELECT count(*)::text FROM pg_roles WHERE rolname = @p0", role), default)).ShouldBe("1");
        }
        (await OneAsync($"SELECT count(*)::text FROM pg_roles WHERE rolname = '{role}'")).ShouldBe("0");
        (await Should.ThrowAsync<SafeMigrateException>(() => original.OpenAsync(new ScratchChoice(ScratchPlace.Server, new NoRows()) { NotOnServer = "AddReader says CREATE ROLE" }))).Message.ShouldContain("AddReader says CREATE ROLE");
    }

    private async Task<string?> OneAsync(string sql) => (await database.QueryAsync(sql, [], 60, default)).Rows[0][0];
}
