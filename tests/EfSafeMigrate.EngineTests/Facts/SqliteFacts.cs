using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using static EfSafeMigrate.EngineTests.Schema;

namespace EfSafeMigrate.EngineTests.Facts;

public sealed class SqliteFacts(SqliteDatabase database) : IClassFixture<SqliteDatabase>
{
    private const string Thousand = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT i FROM n";

    [Fact]
    public async Task VersionAndFileSizeAreKnown()
    {
        var sheet = await database.ReadAsync(new([]));

        sheet.Version.Value!.Value.Major.ShouldBe(3);
        sheet.Settings["journal_mode"].ShouldBe("wal");
        long.Parse(sheet.Settings[Catalogue.DatabaseBytes], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task RowsComeFromTheStatisticsOrTheGreatestRowid()
    {
        await database.ExecuteAsync($"CREATE TABLE counted (id INTEGER PRIMARY KEY); INSERT INTO counted {Thousand}; DELETE FROM counted WHERE id <= 400");
        (await Rows("counted")).ShouldBe(Measured.Of(1000L));

        await database.ExecuteAsync("CREATE INDEX ix_counted ON counted (id); ANALYZE");
        (await Rows("counted")).ShouldBe(Measured.Of(600L));
    }

    [Fact]
    public async Task AnEmptyTableHasNoRowsAndAMissingOneIsUnknown()
    {
        await database.ExecuteAsync("CREATE TABLE vacant (id INTEGER PRIMARY KEY)");

        (await Rows("vacant")).ShouldBe(Measured.Of(0L));
        (await Rows("nowhere")).Known.ShouldBeFalse();
    }

    private async Task<Measured<long>> Rows(string table)
    {
        var model = database.Engine.Model($"CREATE TABLE {table} (id INTEGER PRIMARY KEY);");
        var sheet = await database.ReadAsync(model.Set(new AddColumn(Table(table), new("extra", "INTEGER", true))));
        return sheet.Of(Table(table)).Rows;
    }
}
