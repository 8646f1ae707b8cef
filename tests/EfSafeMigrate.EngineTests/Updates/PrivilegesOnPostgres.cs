using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates.Preflight;
using static EfSafeMigrate.EngineTests.Schema;

namespace EfSafeMigrate.EngineTests.Updates;

/// <summary>A user that may read and no more is told everything that the steps need.</summary>
public sealed class PrivilegesOnPostgres(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private const string Ddl = """
        CREATE TABLE orders (id bigint PRIMARY KEY, note text);
        CREATE TABLE buyers (id bigint PRIMARY KEY);
        """;

    private readonly string role = $"deploy_{Guid.NewGuid():N}";

    public async Task InitializeAsync()
    {
        await database.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD '{role}'; REVOKE CREATE ON SCHEMA public FROM PUBLIC; DROP TABLE IF EXISTS orders, buyers");
        await database.ExecuteAsync(Ddl);
        await database.ExecuteAsync("""CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" ("MigrationId" text PRIMARY KEY, "ProductVersion" text)""");
    }

    public async Task DisposeAsync() => await database.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");

    [Fact]
    public async Task EveryStepNamesWhatItLacks()
    {
        var owner = (await database.QueryAsync("SELECT current_user::text", [], 5, CancellationToken.None)).Rows[0][0];

        (await LackingAsync(new AddColumn(Table("orders"), new("extra", "text", true)))).ShouldBe(
        [
            $"ROLE does not own orders, which Next alters; {owner} does.",
            "ROLE lacks INSERT on __EFMigrationsHistory, which EF's record of the migrations needs.",
            "ROLE may not create the schema safe_migrate, which the journal needs.",
        ]);
        (await LackingAsync(new CreateTable(new Table(Table("made"), [new("id", "bigint", false)]) { ForeignKeys = [new("fk", ["id"], Table("buyers"), ["id"])] }))).ShouldContain("ROLE may not create anything in the default schema, as Next does.");
        (await LackingAsync(new CreateTable(new Table(Table("made"), [new("id", "bigint", false)]) { ForeignKeys = [new("fk", ["id"], Table("buyers"), ["id"])] }))).ShouldContain("ROLE lacks REFERENCES on buyers, which Next needs.");
        (await LackingAsync(new UpdateRows(Table("orders"), ["note"], null))).ShouldContain("ROLE lacks UPDATE on orders, which Next needs.");
    }

    [Fact]
    public async Task WhoMayDoItAllIsLetThrough()
    {
        await database.ExecuteAsync($"""
            ALTER TABLE orders OWNER TO {role}; ALTER TABLE buyers OWNER TO {role}; ALTER TABLE "__EFMigrationsHistory" OWNER TO {role};
            GRANT CREATE ON SCHEMA public TO {role};
            DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO {role}', current_database()); END $$;
            """);

        (await LackingAsync(
            new AddColumn(Table("orders"), new("extra", "text", true)), new UpdateRows(Table("orders"), ["note"], null),
            new CreateTable(new Table(Table("made"), [new("id", "bigint", false)]) { ForeignKeys = [new("fk", ["id"], Table("buyers"), ["id"])] }))).ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<string>> LackingAsync(params Change[] changes)
    {
        await using var session = await PostgresSession.OpenAsync(database, role: role);
        var set = database.Engine.Model(Ddl).Set(changes);
        set = new([set.Migrations[0] with { History = """INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('1', '1')""" }]);
        var context = (await database.BeforeAsync(set, role)).Over(session, session);
        var objections = await context.AskAsync<PrivilegesCheck>();
        objections.ShouldAllBe(each => each.Refuses);
        return [.. objections.Select(each => each.Sentence.Replace(role, "ROLE", StringComparison.Ordinal))];
    }
}
