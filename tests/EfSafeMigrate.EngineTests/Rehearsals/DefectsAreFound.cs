using EfSafeMigrate.Updates.Rehearsals;

namespace EfSafeMigrate.EngineTests.Rehearsals;

public sealed class DefectsAreFoundOnPostgres(PostgresDatabase database) : DefectsAreFound(database), IClassFixture<PostgresDatabase>
{
    protected override string Reset => "DROP SCHEMA public CASCADE; CREATE SCHEMA public";
}

public sealed class DefectsAreFoundOnSqlite : DefectsAreFound, IDisposable
{
    public DefectsAreFoundOnSqlite() : base(new SqliteDatabase())
    {
    }

    protected override string Reset => "";

    public void Dispose() => Database.DisposeAsync().GetAwaiter().GetResult();
}

/// <summary>What goes wrong in a migration is found, and said in a sentence; what is right is not spoken of.</summary>
public abstract class DefectsAreFound : IAsyncLifetime
{
    private const string Ddl = """
        CREATE TABLE customers (id INTEGER PRIMARY KEY, name varchar(50) NOT NULL, mail varchar(50));
        CREATE TABLE orders (id INTEGER PRIMARY KEY, customer int NOT NULL REFERENCES customers (id) ON DELETE CASCADE, total int NOT NULL DEFAULT 0);
        CREATE TABLE notes (text varchar(50));
        """;

    protected DefectsAreFound(TestDatabase database) => Database = database;

    protected TestDatabase Database { get; }

    protected abstract string Reset { get; }

    internal static IReadOnlyList<WrittenMigration> Seeded { get; } =
    [
        new("WrongDown", "CREATE INDEX ix_total ON orders (total)", "SELECT 1"),
        new("LossyDown", ["ALTER TABLE customers RENAME COLUMN mail TO email"], ["ALTER TABLE customers DROP COLUMN email", "ALTER TABLE customers ADD COLUMN mail varchar(50)"]),
        new("ThrowingDown", "ALTER TABLE orders ADD COLUMN extra int", "DROP INDEX ix_nobody_made"),
        new("NotTwice", ["CREATE TABLE settings (name varchar(50) PRIMARY KEY)", "INSERT INTO settings VALUES ('a')", "ALTER TABLE orders ADD COLUMN paid int"], ["ALTER TABLE orders DROP COLUMN paid"]),
        new("AnotherType", "ALTER TABLE orders DROP COLUMN total", "ALTER TABLE orders ADD COLUMN total varchar(20)"),
        new("LeavesRows", "INSERT INTO notes VALUES ('seeded')", "SELECT 1"),
        new("TakesRows", "ALTER TABLE customers ADD COLUMN seen int; DELETE FROM customers WHERE id = 1", "ALTER TABLE customers DROP COLUMN seen"),
    ];

    public async Task InitializeAsync()
    {
        if (Database is SqliteDatabase)
        {
            await Database.InitializeAsync();
        }
        await Database.ExecuteAsync(Reset + ";" + Ddl);
        await Database.ExecuteAsync("INSERT INTO customers VALUES (1, 'a', 'a@x'), (2, 'b', ''), (3, 'c', NULL); INSERT INTO orders VALUES (1, 1, 10), (2, 2, 20), (3, 2, 30); INSERT INTO notes VALUES ('x'), ('x'), (NULL)");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("WrongDown", DefectKind.DownLeavesSchema, "WrongDown is undone, and the index ix_total on orders is there and was not.")]
    [InlineData("LossyDown", DefectKind.DownLosesData, "LossyDown is undone, and 2 rows lose their value of customers.mail.")]
    [InlineData("ThrowingDown", DefectKind.DownFails, "ThrowingDown cannot be undone: its Down fails: ")]
    [InlineData("NotTwice", DefectKind.SecondUpFails, "NotTwice cannot be applied again after it was undone: ")]
    [InlineData("AnotherType", DefectKind.DownLeavesSchema, "AnotherType is undone, and the column orders.total is `")]
    [InlineData("LeavesRows", DefectKind.DownLeavesRows, "LeavesRows is undone, and 1 row of notes is left that was not there before.")]
    [InlineData("TakesRows", DefectKind.UpLosesRows, "TakesRows takes away 1 row of orders (for example 1), and no statement of it names them.")]
    public async Task EachIsASentence(string name, object kind, string sentence)
    {
        var seeded = Seeded.Single(each => each.Name == name);
        var found = await RehearsalStage.RunAsync(Database, Ddl, seeded);

        found.IsClean.ShouldBeFalse();
        found.Defects.Where(defect => defect.Kind == (DefectKind)kind).ShouldContain(defect => defect.Sentence.StartsWith(sentence, StringComparison.Ordinal), string.Join('\n', found.Defects.Select(defect => defect.Sentence)));
    }

    [Fact]
    public async Task WhatASessionLeavesIsGoneInTheNext()
    {
        var found = await RehearsalStage.RunAsync(Database, Ddl,
            new WrittenMigration("Prepares", "CREATE TEMP TABLE wanted AS SELECT id FROM customers", "SELECT 1"),
            new WrittenMigration("Uses", "UPDATE orders SET total = 1 WHERE customer IN (SELECT id FROM wanted)", "SELECT 1"),
            new WrittenMigration("NeverTried", "ALTER TABLE orders ADD COLUMN extra int", "ALTER TABLE orders DROP COLUMN extra"));

        found.Defects.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            defect => defect.Kind.ShouldBe(DefectKind.UpFails), defect => defect.Sentence.ShouldStartWith("Uses cannot be applied on a connection of its own: "));
        found.Left.ShouldHaveSingleItem().Name.ShouldBe("NeverTried");
    }

    [Fact]
    public async Task ASecondUpThatFindsLessIsOne()
    {
        var found = await RehearsalStage.RunAsync(Database, Ddl, new WrittenMigration(
            "Moves",
            ["CREATE TABLE mails (id INTEGER PRIMARY KEY, mail varchar(50))", "INSERT INTO mails SELECT id, mail FROM customers", "ALTER TABLE customers DROP COLUMN mail"],
            ["ALTER TABLE customers ADD COLUMN mail varchar(50)", "DROP TABLE mails"]));

        found.Defects.ShouldHaveSingleItem().Sentence.ShouldBe("Moves is applied again, and 2 rows of mails have no mail, which they had the first time.");
        found.Migrations[0].ByDesign.ShouldHaveSingleItem().ShouldBe("2 rows lose their value of customers.mail: Moves does away with what was there.");
    }

    [Fact]
    public async Task NothingIsSaidOfWhatIsRight()
    {
        var found = await RehearsalStage.RunAsync(Database, Ddl,
            new WrittenMigration("AddColumn", "ALTER TABLE orders ADD COLUMN note varchar(20) DEFAULT 'x'", "ALTER TABLE orders DROP COLUMN note"),
            new WrittenMigration("AddTable", ["CREATE TABLE tags (id INTEGER PRIMARY KEY, at varchar(50))", "INSERT INTO tags SELECT id, CURRENT_TIMESTAMP FROM orders"], ["DROP TABLE tags"]),
            new WrittenMigration("AddIndex", "CREATE UNIQUE INDEX ux ON customers (name)", "DROP INDEX ux"),
            new WrittenMigration("Rename", "ALTER TABLE customers RENAME COLUMN mail TO email", "ALTER TABLE customers RENAME COLUMN email TO mail"),
            new WrittenMigration("RenameTable", "ALTER TABLE notes RENAME TO remarks", "ALTER TABLE remarks RENAME TO notes"),
            new WrittenMigration("Fill", "UPDATE orders SET total = total + 1", "UPDATE orders SET total = total - 1"));

        found.Defects.Select(defect => defect.Sentence).ShouldBeEmpty();
        found.Left.ShouldBeEmpty();
        found.Migrations.ShouldAllBe(migration => migration.Up != null && migration.Down != null && migration.Again != null && migration.Compared > 0);
    }

    [Fact]
    public async Task WhatIsDroppedOnPurposeIsByDesign()
    {
        var found = await RehearsalStage.RunAsync(Database, Ddl,
            new WrittenMigration("DropMail", "ALTER TABLE customers DROP COLUMN mail", "ALTER TABLE customers ADD COLUMN mail varchar(50)"),
            new WrittenMigration("DropNotes", "DROP TABLE notes", "CREATE TABLE notes (text varchar(50))"),
            new WrittenMigration("DeleteOne", "DELETE FROM orders WHERE id = 3", "SELECT 1"));

        found.Defects.Select(defect => defect.Sentence).ShouldBeEmpty();
        found.Migrations.SelectMany(migration => migration.ByDesign).ShouldBe(
        [
            "2 rows lose their value of customers.mail: DropMail does away with what was there.",
            "3 rows of notes do not come back: DropNotes does away with them.",
            "1 row of orders does not come back: DeleteOne does away with them.",
        ]);
    }
}
