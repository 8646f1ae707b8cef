using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using static EfSafeMigrate.EngineTests.Schema;

namespace EfSafeMigrate.EngineTests.Facts;

public sealed class PostgresFacts(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task VersionAndSettingsAreTheServers()
    {
        var sheet = await database.ReadAsync(new([]));

        await using var connection = await database.Source.OpenConnectionAsync();
        sheet.Version.Basis.ShouldBe(FactBasis.Measured);
        sheet.Version.Value!.Value.Major.ShouldBe(connection.PostgreSqlVersion.Major);
        sheet.TimeZone.ShouldNotBeNullOrEmpty();
        string[] names = ["lock_timeout", "statement_timeout", "default_transaction_isolation", "wal_level", "max_wal_size", "maintenance_work_mem", "in_recovery"];
        names.ShouldBeSubsetOf(sheet.Settings.Keys);
        sheet.Settings["in_recovery"].ShouldBe("off");
    }

    [Fact]
    public async Task AnAnalysedTableHasItsRowsAndTheRowsAddedSince()
    {
        await database.ExecuteAsync("""
            CREATE TABLE analysed (id bigint PRIMARY KEY, note text);
            INSERT INTO analysed SELECT g, repeat('x', 50) FROM generate_series(1, 20000) g;
            ANALYZE analysed;
            """);
        Of(await Sized("analysed")).Rows.Value.ShouldBe(20_000);

        await database.ExecuteAsync("INSERT INTO analysed SELECT g, repeat('x', 50) FROM generate_series(20001, 40000) g");
        var facts = Of(await Sized("analysed"));

        facts.Rows.Value!.Value.ShouldBeInRange(39_000, 41_000);
        facts.Bytes.Value!.Value.ShouldBeInRange(40_000 * 50L, 40_000 * 150L);
        facts.IndexBytes.Value!.Value.ShouldBeInRange(40_000 * 16L, 40_000 * 60L);
        facts.Partitions.ShouldBeNull();
    }

    [Fact]
    public async Task ATableThatWasNeverAnalysedIsEstimated()
    {
        await database.ExecuteAsync("""
            CREATE TABLE fresh (id bigint, qty integer, note text);
            ALTER TABLE fresh SET (autovacuum_enabled = off);
            INSERT INTO fresh SELECT g, g, 'x' FROM generate_series(1, 50000) g;
            """);

        Of(await Sized("fresh")).Rows.Value!.Value.ShouldBeInRange(20_000, 100_000);
    }

    [Fact]
    public async Task AnEmptyTableHasNoRows()
    {
        await database.ExecuteAsync("CREATE TABLE vacant (id bigint PRIMARY KEY)");

        Of(await Sized("vacant")).Rows.ShouldBe(Measured.Of(0L));
    }

    [Fact]
    public async Task APartitionedTableIsTheSumOfItsPartitionsAndKnownAsOne()
    {
        await database.ExecuteAsync("""
            CREATE TABLE parted (id bigint, note text) PARTITION BY RANGE (id);
            CREATE TABLE parted_low PARTITION OF parted FOR VALUES FROM (0) TO (6001);
            CREATE TABLE parted_high PARTITION OF parted FOR VALUES FROM (6001) TO (20000);
            INSERT INTO parted SELECT g, 'x' FROM generate_series(1, 10000) g;
            ANALYZE parted;
            """);

        var sheet = await Sized("parted");

        Of(sheet).Rows.Value.ShouldBe(10_000);
        Of(sheet).Bytes.Value!.Value.ShouldBeGreaterThan(100_000);
        Of(sheet).Partitions.ShouldBe(2);
        var model = Model("parted");
        model.Set(Touch("parted")).WithPartitions(sheet).Migrations[0].Source.Find(Table("parted"))!.Kind.ShouldBe(TableKind.Partitioned);
    }

    [Fact]
    public async Task ATableThatIsNotThereIsUnknown() => Of(await Sized("nowhere")).ShouldBe(TableFacts.Unknown);

    [Fact]
    public async Task AReferencedTableIsMeasuredAsWell()
    {
        await database.ExecuteAsync("CREATE TABLE owner (id bigint PRIMARY KEY); CREATE TABLE pet (id bigint, owner_id bigint)");
        var model = database.Engine.Model("CREATE TABLE owner (id bigint PRIMARY KEY); CREATE TABLE pet (id bigint, owner_id bigint);");

        var sheet = await database.ReadAsync(model.Written("ALTER TABLE pet ADD CONSTRAINT fk FOREIGN KEY (owner_id) REFERENCES owner (id)"));

        sheet.Tables.Keys.Select(table => table.Name).ShouldBe(["pet", "owner"], ignoreOrder: true);
    }

    [Fact]
    public async Task ARenamedTableIsMeasuredUnderBothNames()
    {
        await database.ExecuteAsync("CREATE TABLE before (id bigint); INSERT INTO before SELECT g FROM generate_series(1, 1000) g; ANALYZE before");
        var model = database.Engine.Model("CREATE TABLE before (id bigint);");

        var sheet = await database.ReadAsync(model.Written("ALTER TABLE before RENAME TO later; ALTER TABLE later ADD COLUMN extra int;"));

        sheet.Of(Table("before")).Rows.Value.ShouldBe(1000);
        sheet.Of(Table("later")).Rows.Value.ShouldBe(1000);
    }

    [Fact]
    public async Task ATableUnderAnAccessExclusiveLockIsUnknownAndHoldsNobodyUp()
    {
        await database.ExecuteAsync("CREATE TABLE taken (id bigint)");
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "LOCK TABLE taken IN ACCESS EXCLUSIVE MODE";
        await command.ExecuteNonQueryAsync();

        var facts = Of(await Sized("taken")).Rows;
        var nulls = (await database.ProbeAsync(Model("taken").Written("ALTER TABLE taken ALTER COLUMN id SET NOT NULL")))
            .Single(probe => probe.Kind == ProbeKind.Nulls);

        facts.Known.ShouldBeFalse();
        nulls.Unanswered.ShouldBe("somebody holds a lock that readers wait for");
    }

    private Task<FactSheet> Sized(string table) => database.ReadAsync(Model(table).Set(Touch(table)));

    private DatabaseModel Model(string table) => database.Engine.Model($"CREATE TABLE {table} (id bigint);");

    private static AddColumn Touch(string table) => new(Table(table), new("extra", "integer", true));

    private static TableFacts Of(FactSheet sheet) => sheet.Tables.Values.Single();
}
