using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using static EfSafeMigrate.EngineTests.Schema;

namespace EfSafeMigrate.EngineTests.Facts;

public sealed class MariaDbFacts(MariaDbDatabase database) : IClassFixture<MariaDbDatabase>
{
    [Fact]
    public async Task VersionAndSettingsAreTheServers()
    {
        var sheet = await database.ReadAsync(new([]));

        await using var connection = await database.OpenAsync();
        sheet.Version.Basis.ShouldBe(FactBasis.Measured);
        EngineVersion.TryParse(await connection.AskAsync("SELECT version()"), out var version).ShouldBeTrue();
        sheet.Version.Value.ShouldBe(version);
        sheet.Settings["sql_mode"].ShouldContain("STRICT_TRANS_TABLES");
        sheet.Settings["foreign_key_checks"].ShouldBe("ON");
        sheet.Settings["lock_wait_timeout"].ShouldBe("86400", "the question's own limit is not the server's");
        sheet.Settings["innodb_lock_wait_timeout"].ShouldBe("50");
        sheet.Settings["read_only"].ShouldBe("OFF");
        sheet.Settings["character_set_database"].ShouldBe("utf8mb4");
        long.Parse(sheet.Settings["innodb_online_alter_log_max_size"], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task ATableHasItsRowsAndBytes()
    {
        await database.ExecuteAsync("""
            CREATE TABLE analysed (id bigint PRIMARY KEY, note varchar(100), KEY ix (note));
            INSERT INTO analysed SELECT seq, repeat('x', 50) FROM seq_1_to_20000;
            ANALYZE TABLE analysed;
            """);

        var facts = Of(await Sized("analysed"));

        facts.Rows.Value!.Value.ShouldBeInRange(18_000, 22_000);
        facts.Bytes.Value!.Value.ShouldBeInRange(20_000 * 50L, 20_000 * 200L);
        facts.IndexBytes.Value!.Value.ShouldBeInRange(20_000 * 50L, 20_000 * 200L);
        facts.Partitions.ShouldBeNull();
    }

    [Fact]
    public async Task ATableOfAnotherSchemaIsFoundThere()
    {
        await using var connection = await database.OpenAsync();
        var name = await connection.AskAsync("SELECT database()");
        await database.ExecuteAsync("CREATE TABLE elsewhere (id bigint PRIMARY KEY)");

        var sheet = await database.ReadAsync(DatabaseModel.Empty.Set(new AddColumn(new(name, "elsewhere"), new("extra", "int", true))));

        Of(sheet).Rows.Value.ShouldBe(0);
    }

    [Fact]
    public async Task APartitionedTableIsKnownAsOne()
    {
        await database.ExecuteAsync("""
            CREATE TABLE parted (id bigint PRIMARY KEY, note text) PARTITION BY RANGE (id) (PARTITION low VALUES LESS THAN (6001), PARTITION high VALUES LESS THAN MAXVALUE);
            INSERT INTO parted SELECT seq, 'x' FROM seq_1_to_10000;
            ANALYZE TABLE parted;
            """);

        var facts = Of(await Sized("parted"));

        facts.Rows.Value!.Value.ShouldBeInRange(9_000, 11_000);
        facts.Partitions.ShouldBe(2);
    }

    [Fact]
    public async Task AnEmptyTableHasNoRowsAndAMissingOneIsUnknown()
    {
        await database.ExecuteAsync("CREATE TABLE vacant (id bigint PRIMARY KEY)");

        Of(await Sized("vacant")).Rows.ShouldBe(Measured.Of(0L));
        Of(await Sized("nowhere")).ShouldBe(TableFacts.Unknown);
    }

    /// <summary>What the server has measured decides, not what is usual.</summary>
    [Fact]
    public async Task TheServersModeIsTheMigrationsMode()
    {
        await using var connection = await database.OpenAsync();
        var model = database.Engine.Model("CREATE TABLE orders (id bigint PRIMARY KEY, qty int);");
        var required = new AlterColumn(Table("orders"), new("qty", "int", false), new("qty", "int", true));
        var sheet = await database.ReadAsync(model.Set(required));
        var lax = sheet with { Settings = new Dictionary<string, string>(sheet.Settings) { ["sql_mode"] = "NO_ENGINE_SUBSTITUTION" } };

        database.Engine.ImpactOf(required, sheet.StateOf(database.Engine, model))!.FailsIf.ShouldBe(FailsIf.NullsExist);
        database.Engine.ImpactOf(required, lax.StateOf(database.Engine, model))!.FailsIf.ShouldBe(FailsIf.Nothing);
    }

    [Fact]
    public async Task ATableThatIsBeingAlteredHoldsNoQuestionUp()
    {
        await database.ExecuteAsync("CREATE TABLE taken (id bigint)");
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("LOCK TABLE taken WRITE");

        var nulls = (await database.ProbeAsync(Model("taken").Set(new AlterColumn(Table("taken"), new("id", "bigint", false), new("id", "bigint", true)))))
            .Single(probe => probe.Kind == ProbeKind.Nulls);
        await connection.RunAsync("UNLOCK TABLES");

        nulls.Unanswered.ShouldBe("somebody holds a lock that readers wait for");
    }

    private Task<FactSheet> Sized(string table) => database.ReadAsync(Model(table).Set(new AddColumn(Table(table), new("extra", "int", true))));

    private DatabaseModel Model(string table) => database.Engine.Model($"CREATE TABLE {table} (id bigint);");

    private static TableFacts Of(FactSheet sheet) => sheet.Tables.Values.Single();
}
