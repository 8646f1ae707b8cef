using EfSafeMigrate.Updates.Rehearsals;

namespace EfSafeMigrate.EngineTests.Rehearsals;

/// <summary>Whatever is changed in a schema is one difference, and the layout of a statement is none.</summary>
public sealed class SchemaLinesOnSqlite : IAsyncLifetime
{
    private const string Orders = """
        CREATE TABLE "Orders" ("Id" INTEGER NOT NULL CONSTRAINT "PK_Orders" PRIMARY KEY AUTOINCREMENT, "Code" TEXT NULL COLLATE NOCASE, "Total" TEXT NOT NULL DEFAULT '0,(0',
            "Half" AS ("Total" / 2) STORED, "Customer" INTEGER NOT NULL, CONSTRAINT "CK" CHECK ("Total" <> 'a,b'), CONSTRAINT "FK" FOREIGN KEY ("Customer") REFERENCES "Customers" ("Id") ON DELETE CASCADE)
        """;

    private readonly SqliteDatabase database = new();

    public static TheoryData<string, string, string> Changes => new()
    {
        { "\"Code\" TEXT NULL", "\"Code\" TEXT NOT NULL", "the column Orders.Code is `TEXT NOT NULL COLLATE NOCASE` and was `TEXT COLLATE NOCASE`" },
        { "COLLATE NOCASE", "", "the column Orders.Code is `TEXT` and was `TEXT COLLATE NOCASE`" },
        { "'0,(0'", "'0,(1'", "the column Orders.Total is `TEXT NOT NULL DEFAULT '0,(1'`" },
        { "\"Customer\" INTEGER", "\"Customer\" TEXT", "the column Orders.Customer is `TEXT NOT NULL` and was `INTEGER NOT NULL`" },
        { " AUTOINCREMENT", "", "the column Orders.Id is" },
        { "/ 2", "/ 3", "the column Orders.Half is" },
        { "<> 'a,b'", "<> 'a,c'", "the constraint CK on Orders is" },
        { " ON DELETE CASCADE", "", "the constraint FK on Orders is" },
        { ", CONSTRAINT \"CK\" CHECK (\"Total\" <> 'a,b')", "", "the constraint CK on Orders is missing" },
        { "\"Code\" TEXT NULL COLLATE NOCASE, ", "", "the column Orders.Code is missing" },
    };

    public Task InitializeAsync() => database.InitializeAsync();

    public Task DisposeAsync() => database.DisposeAsync();

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task EachChangeOfATableIsOneDifference(string from, string to, string clause)
    {
        await database.ExecuteAsync("CREATE TABLE \"Customers\" (\"Id\" INTEGER NOT NULL PRIMARY KEY)");
        await database.ExecuteAsync(Orders);
        var before = await ReadAsync();
        await database.ExecuteAsync("DROP TABLE \"Orders\"");
        await database.ExecuteAsync(Orders.Replace(from, to, StringComparison.Ordinal));

        SchemaDiff.Of(before, await ReadAsync()).ShouldHaveSingleItem().Clause.ShouldContain(clause);
    }

    [Theory]
    [InlineData("CREATE INDEX ix ON Orders (Code)", "the index ix on Orders is there and was not")]
    [InlineData("CREATE TRIGGER tr AFTER INSERT ON Orders BEGIN SELECT 1; END", "the trigger tr on Orders is there and was not")]
    [InlineData("CREATE VIEW v AS SELECT 1 AS one", "the view v is there and was not")]
    [InlineData("CREATE TABLE more (id int)", "the table more is there and was not")]
    [InlineData("ALTER TABLE Orders ADD COLUMN extra TEXT", "the column Orders.extra is there and was not (TEXT)")]
    [InlineData("ALTER TABLE Orders RENAME COLUMN \"Customer\" TO \"Buyer\"", null)]
    [InlineData("CREATE TABLE \"__EFMigrationsHistory\" (x int); CREATE TABLE \"__safe_migrate_journal\" (x int); CREATE INDEX \"__ix\" ON \"__safe_migrate_journal\" (x)", null)]
    public async Task OtherThingsToo(string change, string? clause)
    {
        await database.ExecuteAsync("CREATE TABLE \"Customers\" (\"Id\" INTEGER NOT NULL PRIMARY KEY)");
        await database.ExecuteAsync(Orders);
        var before = await ReadAsync();
        await database.ExecuteAsync(change);
        var found = SchemaDiff.Of(before, await ReadAsync());

        if (clause is not null)
        {
            found.ShouldHaveSingleItem().Clause.ShouldContain(clause);
        }
        else
        {
            found.Count.ShouldBe(change.StartsWith("ALTER", StringComparison.Ordinal) ? 3 : 0);
        }
    }

    [Fact]
    public async Task LayoutAndOrderAreNoDifference()
    {
        await database.ExecuteAsync("CREATE TABLE t (id INTEGER NOT NULL, name TEXT DEFAULT 'a''b', CONSTRAINT ck CHECK (id > 0))");
        var before = await ReadAsync();
        await database.ExecuteAsync("DROP TABLE t");
        await database.ExecuteAsync("""
            CREATE TABLE t (
                -- the name
                name text NULL default 'a''b',
                id integer /* the number */ not null, constraint ck check(id>0))
            """);

        SchemaDiff.Of(before, await ReadAsync()).ShouldBeEmpty();
    }

    private Task<EfSafeMigrate.Updates.Rehearsals.Schema> ReadAsync() => EfSafeMigrate.Updates.Rehearsals.Schema.ReadAsync(database.QueryAsync, database.Engine, null, CancellationToken.None);
}
