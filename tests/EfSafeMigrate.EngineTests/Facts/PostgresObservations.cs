using EfSafeMigrate.Facts;

namespace EfSafeMigrate.EngineTests.Facts;

public sealed class PostgresObservations(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private const string Ddl = "CREATE TABLE events (id integer PRIMARY KEY, code text, note text);";

    public Task InitializeAsync() => database.ExecuteAsync($"DROP TABLE IF EXISTS events CASCADE; {Ddl} INSERT INTO events VALUES (1, 'a', 'n'), (2, 'a', 'n')");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task AnInvalidIndexIsNamed()
    {
        (await Only(ProbeKind.InvalidIndex)).Found.ShouldBe(0);

        await Should.ThrowAsync<Npgsql.PostgresException>(() => database.ExecuteAsync("CREATE UNIQUE INDEX CONCURRENTLY ux_events_code ON events (code)"));

        (await Only(ProbeKind.InvalidIndex)).Sample.ShouldBe(["ux_events_code"]);
    }

    [Fact]
    public async Task AKeyNearTheEndOfItsTypeIsNamed()
    {
        (await Only(ProbeKind.NearOverflow)).Found.ShouldBe(0);

        await database.ExecuteAsync("INSERT INTO events VALUES (1610612735, 'b', 'n')");

        (await Only(ProbeKind.NearOverflow)).Sample.ShouldBe(["1610612735, 74 % of integer"]);
    }

    [Fact]
    public async Task TriggersAreDependents()
    {
        await database.ExecuteAsync("""
            CREATE OR REPLACE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TRIGGER audit BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION stay();
            CREATE MATERIALIZED VIEW noted AS SELECT note FROM events;
            """);

        (await Only(ProbeKind.Dependent, "ALTER TABLE events DROP COLUMN note")).Sample.ShouldBe(["materialized view noted", "trigger audit"]);
        (await Only(ProbeKind.Dependent, "ALTER TABLE events DROP COLUMN code")).Sample.ShouldBe(["trigger audit"]);
    }

    [Fact]
    public async Task ATransactionOpenForMoreThanFiveSecondsIsNamed()
    {
        await using var other = database.Connect("night-report");
        await using var connection = await other.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM events";
        await command.ExecuteScalarAsync();
        (await Only(ProbeKind.OpenTransaction)).Found.ShouldBe(0);

        await Task.Delay(TimeSpan.FromSeconds(5.5));

        (await Only(ProbeKind.OpenTransaction)).Sample.Single().ShouldMatch($"^pid {connection.ProcessID}, ([5-9]|[1-9][0-9]+) s, night-report$");
    }

    private async Task<Probe> Only(ProbeKind kind, string change = "ALTER TABLE events ADD COLUMN extra integer") =>
        (await database.ProbeAsync(database.Engine.Model(Ddl).Written(change))).Single(probe => probe.Kind == kind);
}
