using EfSafeMigrate.Updates.Rehearsals;

namespace EfSafeMigrate.EngineTests.Rehearsals;

/// <summary>Rows whose keys or values are easily taken for each other.</summary>
public sealed class RowsAreToldApart(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task KeysOfSeveralColumns()
    {
        const string Ddl = "CREATE TABLE pairs (a varchar(9), b varchar(9), c int, PRIMARY KEY (a, b));";
        await database.ExecuteAsync(Ddl + @"INSERT INTO pairs VALUES ('x, y', 'z', 1), ('x', 'y, z', 2), ('x\', ' z', 3), ('x', '\, z', 4)");
        var found = await RehearsalStage.RunAsync(database, Ddl, new WrittenMigration("Add", "ALTER TABLE pairs ADD COLUMN d int", "ALTER TABLE pairs DROP COLUMN d"));

        found.Defects.Select(defect => defect.Sentence).ShouldBeEmpty();
    }

    [Fact]
    public async Task AValueThatBecomesNull()
    {
        const string Ddl = "CREATE TABLE values_of (id int PRIMARY KEY, name text, note text);";
        await database.ExecuteAsync(Ddl + "INSERT INTO values_of VALUES (1, 'a', NULL), (2, '', 'x')");
        var found = await RehearsalStage.RunAsync(database, Ddl, new WrittenMigration(
            "Swap", "ALTER TABLE values_of RENAME COLUMN name TO title", "ALTER TABLE values_of RENAME COLUMN title TO name; UPDATE values_of SET name = NULL WHERE id = 2; UPDATE values_of SET note = '' WHERE id = 1"));

        found.Defects.Select(defect => defect.Sentence).ShouldBe(
            ["Swap is undone, and 1 row loses its value of values_of.name.", "Swap is undone, and 1 row has another value of values_of.note than before."], ignoreOrder: true);
    }

    [Fact]
    public async Task TextBehindAZeroByte()
    {
        const string Ddl = "CREATE TABLE texts (id INTEGER PRIMARY KEY, t TEXT);";
        var sqlite = new SqliteDatabase();
        await sqlite.InitializeAsync();
        try
        {
            await sqlite.ExecuteAsync(Ddl + "INSERT INTO texts VALUES (1, 'a' || char(0) || 'b')");
            var found = await RehearsalStage.RunAsync(sqlite, Ddl, new WrittenMigration("Add", "ALTER TABLE texts ADD COLUMN d int", "ALTER TABLE texts DROP COLUMN d; UPDATE texts SET t = 'a' || char(0) || 'c'"));
            found.Defects.ShouldHaveSingleItem().Sentence.ShouldBe("Add is undone, and 1 row has another value of texts.t than before.");
        }
        finally
        {
            await sqlite.DisposeAsync();
        }
    }
}
