using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Sql;
using static EfSafeMigrate.EngineTests.Schema;

namespace EfSafeMigrate.EngineTests.Facts;

public sealed class MariaDbObservations(MariaDbDatabase database) : IClassFixture<MariaDbDatabase>, IAsyncLifetime
{
    private const string Ddl = "CREATE TABLE events (id int PRIMARY KEY, code varchar(20), note text);";

    public async Task InitializeAsync()
    {
        await database.RenewAsync();
        await database.ExecuteAsync($"{Ddl} INSERT INTO events VALUES (1, 'a', 'n'), (2, 'a', 'n')");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task AKeyNearTheEndOfItsTypeIsNamed()
    {
        (await Only(ProbeKind.NearOverflow)).Found.ShouldBe(0);

        await database.ExecuteAsync("INSERT INTO events VALUES (1610612735, 'b', 'n')");

        (await Only(ProbeKind.NearOverflow)).Sample.ShouldBe(["1610612735, 74 % of int"]);
    }

    [Fact]
    public async Task AViewDependsOnTheColumnsItReadsAndNotOnItsOwnNames()
    {
        await database.ExecuteAsync("""
            CREATE TABLE events2 (id int PRIMARY KEY, note text);
            CREATE VIEW aliased AS SELECT e.id, e.code AS note FROM events e;
            CREATE VIEW filtered AS SELECT id FROM events WHERE note <> 'x';
            CREATE VIEW elsewhere AS SELECT note FROM events2;
            CREATE TRIGGER audit BEFORE UPDATE ON events FOR EACH ROW SET NEW.code = OLD.code;
            """);

        (await Only(ProbeKind.Dependent, "ALTER TABLE events DROP COLUMN note")).Sample.ShouldBe(["trigger audit", "view filtered"]);
        (await Only(ProbeKind.Dependent, "ALTER TABLE events RENAME TO happenings")).Sample.ShouldBe(["trigger audit", "view aliased", "view filtered"]);
    }

    [Fact]
    public async Task ATransactionOpenForMoreThanFiveSecondsIsNamedWhateverTheTimeZone()
    {
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("SET time_zone = '+05:00'; START TRANSACTION");
        await connection.AskAsync("SELECT count(*) FROM events");
        (await Only(ProbeKind.OpenTransaction)).Found.ShouldBe(0);

        await Task.Delay(TimeSpan.FromSeconds(6.5));

        (await Only(ProbeKind.OpenTransaction)).Sample.Single().ShouldMatch($"^connection {connection.ServerThread}, ([6-9]|[1-9][0-9]+) s$");
    }

    [Fact]
    public async Task ARowIsNamedByItsWholeKeyAndBytesByTheirDigits()
    {
        await database.ExecuteAsync("""
            CREATE TABLE pairs (a int, b varchar(10), c int, PRIMARY KEY (a, b)); INSERT INTO pairs VALUES (7, 'x', NULL);
            CREATE TABLE bytes (id binary(2) PRIMARY KEY, c int); INSERT INTO bytes VALUES (x'ff00', NULL);
            CREATE TABLE bare (c int); INSERT INTO bare VALUES (NULL);
            """);

        (await Nulls("CREATE TABLE pairs (a int, b varchar(10), c int, PRIMARY KEY (a, b))", "pairs")).Sample.ShouldBe(["7, x"]);
        (await Nulls("CREATE TABLE bytes (id binary(2) PRIMARY KEY, c int)", "bytes")).Sample.ShouldBe(["FF00"]);
        (await Nulls("CREATE TABLE bare (c int)", "bare")).ShouldSatisfyAllConditions(probe => probe.Found.ShouldBe(1), probe => probe.Sample.ShouldBeEmpty());
    }

    private async Task<Probe> Nulls(string ddl, string table) =>
        (await database.ProbeAsync(database.Engine.Model(ddl).Set(new AlterColumn(Table(table), new("c", "int", false), new("c", "int", true)))))
        .Single(probe => probe.Kind == ProbeKind.Nulls);

    private async Task<Probe> Only(ProbeKind kind, string change = "ALTER TABLE events ADD COLUMN extra int")
    {
        var model = database.Engine.Model(Ddl);
        return (await database.ProbeAsync(model.Set(StatementReader.Read(change, SqlDialect.MariaDb, model)))).Single(probe => probe.Kind == kind);
    }
}
