using EfSafeMigrate.Changes;
using EfSafeMigrate.EngineTests.Scratches;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Updates.Scratches;
using EfSafeMigrate.Updates.Seeds;

namespace EfSafeMigrate.EngineTests.Seeds;

/// <summary>Rows that are made up are such as the database takes, and the same for the same number.</summary>
public sealed class RowsAreMadeUp : IAsyncLifetime
{
    private const string Postgres = """
        CREATE TYPE mood AS ENUM ('fine', 'it''s bad');
        CREATE TABLE "Customers" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "Email" varchar(60) NOT NULL UNIQUE, "Name" text NOT NULL, code char(3) NOT NULL UNIQUE, boss int NOT NULL REFERENCES "Customers", mood mood NOT NULL,
            rating smallint NOT NULL CHECK (rating >= 1 AND rating <= 5), state text NOT NULL CHECK (state IN ('new', 'old')), price numeric(6, 2) NOT NULL CHECK (price > 0), born date, seen timestamptz NOT NULL, data jsonb NOT NULL,
            key uuid NOT NULL UNIQUE, picture bytea NOT NULL, tags text[] NOT NULL, address inet NOT NULL, flag boolean NOT NULL, shout text GENERATED ALWAYS AS (upper("Name")) STORED, made timestamptz NOT NULL DEFAULT now());
        CREATE TABLE products (sku varchar(8) PRIMARY KEY, title varchar(10) NOT NULL CHECK (length(title) >= 3));
        CREATE TABLE tags (id bigserial PRIMARY KEY, name text NOT NULL UNIQUE);
        CREATE TABLE product_tags (product varchar(8) NOT NULL REFERENCES products, tag bigint NOT NULL REFERENCES tags, PRIMARY KEY (product, tag));
        CREATE TABLE orders (id bigint PRIMARY KEY, customer int NOT NULL REFERENCES "Customers", product varchar(8) REFERENCES products, number int NOT NULL, UNIQUE (customer, number));
        CREATE TABLE details (order_id bigint PRIMARY KEY REFERENCES orders, note text);
        CREATE TABLE a (id int PRIMARY KEY, b int);
        CREATE TABLE b (id int PRIMARY KEY, a int NOT NULL REFERENCES a);
        ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;
        CREATE TABLE odd (id int PRIMARY KEY, low int NOT NULL, high int NOT NULL, CHECK (high > low AND low > high - 2));
        CREATE TABLE shapes (id int PRIMARY KEY, shape polygon NOT NULL);
        """;

    private const string Sqlite = """
        CREATE TABLE Customers (Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, Email TEXT NOT NULL UNIQUE, Boss INTEGER NULL REFERENCES Customers, Kind INTEGER NOT NULL, Born TEXT NOT NULL, Price TEXT NOT NULL, Key TEXT NOT NULL UNIQUE,
            Flag INTEGER NOT NULL, Picture BLOB NOT NULL, Rating INTEGER NOT NULL CHECK (Rating BETWEEN 1 AND 5), State TEXT NOT NULL CHECK (State IN ('new', 'old')));
        CREATE TABLE Tags (Name TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE CustomerTags (Customer INTEGER NOT NULL REFERENCES Customers, Tag TEXT NOT NULL REFERENCES Tags (Name), PRIMARY KEY (Customer, Tag));
        """;

    private readonly PostgresDatabase postgres = new();
    private readonly SqliteDatabase sqlite = new();

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        await sqlite.InitializeAsync();
        await postgres.ExecuteAsync(Postgres);
        await sqlite.ExecuteAsync(Sqlite);
    }

    public async Task DisposeAsync()
    {
        await postgres.DisposeAsync();
        await sqlite.DisposeAsync();
    }

    [Fact]
    public async Task WithTheParentsTheyNeed()
    {
        await SeedAsync(postgres, "orders", 5_000);
        (await OneAsync(postgres, "SELECT (SELECT count(*) FROM orders) || ' ' || (SELECT count(*) FROM \"Customers\") || ' ' || (SELECT count(DISTINCT customer) > 100 FROM orders)")).ShouldBe("5000 500 true");
        await SeedAsync(postgres, "details", 5_000);
        (await OneAsync(postgres, "SELECT count(*)::text FROM details")).ShouldBe("5000");
        // The next row gets a number of its own.
        await postgres.ExecuteAsync("""
            INSERT INTO "Customers" ("Email", "Name", code, boss, mood, rating, state, price, seen, data, key, picture, tags, address, flag) SELECT 'x', 'x', '!!!', 1, 'fine', 1, 'new', 1, now(), '{}', gen_random_uuid(), '', '{}', '::1', true
            """);
    }

    [Fact]
    public async Task EveryCombinationOfAKeyOfForeignKeys()
    {
        await SeedAsync(postgres, "products", 30);
        await SeedAsync(postgres, "tags", 20);
        (await RefusedAsync(postgres, "product_tags", 601)).ShouldContain("is unique and has 600 values");
        await SeedAsync(postgres, "product_tags", 600);
        (await OneAsync(postgres, "SELECT count(*)::text FROM product_tags")).ShouldBe("600");
    }

    [Fact]
    public async Task InTablesThatReferenceEachOther()
    {
        await SeedAsync(postgres, "b", 100);
        (await OneAsync(postgres, "SELECT (SELECT count(*) FROM a) || ' ' || (SELECT count(*) FROM b)")).ShouldBe("10 100");
    }

    [Fact]
    public async Task WhatTheServerRefusesIsSaid()
    {
        (await RefusedAsync(postgres, "odd", 10)).ShouldContain("odd_check");
        (await RefusedAsync(postgres, "shapes", 1)).ShouldContain("`public.shapes.shape` needs a value of type polygon");
        (await RefusedAsync(postgres, "nowhere", 1)).ShouldContain("There is no table `nowhere`");
        await SeedAsync(postgres, "tags", 1);
        (await RefusedAsync(postgres, "tags", 1)).ShouldContain("has rows");
        (await RefusedAsync(postgres, "Customers", 1_001)).ShouldContain("code is unique and has 1000 values");
    }

    [Fact]
    public async Task NumbersOfASharedSequenceStayFree()
    {
        await postgres.ExecuteAsync("""CREATE SEQUENCE "Docs"; CREATE TABLE letters (id int PRIMARY KEY DEFAULT nextval('"Docs"')); CREATE TABLE bills (id int PRIMARY KEY DEFAULT nextval('"Docs"'))""");
        await SeedAsync(postgres, "letters", 20);
        await postgres.ExecuteAsync("INSERT INTO letters DEFAULT VALUES");
    }

    [Fact]
    public async Task TheSameForTheSameNumber()
    {
        List<string?> digests = [];
        foreach (var seed in new[] { 1, 1, 2 })
        {
            await postgres.ExecuteAsync("TRUNCATE \"Customers\" CASCADE");
            await SeedAsync(postgres, "Customers", 300, seed);
            digests.Add(await OneAsync(postgres, "SELECT md5(string_agg((to_jsonb(c) - 'made')::text, ';' ORDER BY id)) FROM \"Customers\" c"));
        }
        digests[1].ShouldBe(digests[0]);
        digests[2].ShouldNotBe(digests[0]);
    }

    [Fact]
    public async Task AsTheApplicationReadsThem()
    {
        var original = new Originals(sqlite);
        var table = new TableName(null, "Customers");
        original.Meanings.AddRange(
        [
            new(table, "Kind", "System.Int32") { Allowed = ["10", "20"] }, new(table, "Born", "System.DateTime"), new(table, "Price", "System.Decimal"), new(table, "Key", "System.Guid"), new(table, "Flag", "System.Boolean"),
        ]);
        await SeedAsync(sqlite, "CustomerTags", 200, original: original);
        (await OneAsync(sqlite, "SELECT count(*) FROM CustomerTags")).ShouldBe("200");
        var rows = (await sqlite.QueryAsync("SELECT Kind, Born, Price, Key, Flag, typeof(Picture), Rating, State FROM Customers", [], 60, default)).Rows;
        rows.Count.ShouldBe(20);
        foreach (var row in rows)
        {
            row[0].ShouldBeOneOf("10", "20");
            _ = (DateTime.ParseExact(row[1]!, "yyyy-MM-dd HH:mm:ss", null), decimal.Parse(row[2]!, System.Globalization.CultureInfo.InvariantCulture), Guid.ParseExact(row[3]!, "D"));
            row[4].ShouldBeOneOf("0", "1");
            row[5].ShouldBe("blob");
            int.Parse(row[6]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 5);
            row[7].ShouldBeOneOf("new", "old");
        }
    }

    [Fact]
    public async Task InEveryTableOfAScratchDatabase()
    {
        var original = new Originals(postgres);
        await using var scratch = await original.OpenAsync(ScratchPlace.Server, new MadeUpRows(40));
        await using var link = await original.ConnectAsync(scratch.ConnectionString);
        (await link.OneAsync(new Engines.Ask("SELECT (SELECT count(*) FROM orders) || ' ' || (SELECT count(*) FROM product_tags) || ' ' || (SELECT count(*) FROM details) || ' ' || (SELECT count(*) FROM b)"), default)).ShouldBe("40 40 40 40");
        original.News.OfType<ScratchNote>().Select(note => note.Sentence.Split(' ')[0]).ShouldBe(["public.odd", "public.shapes"]);
    }

    private static async Task SeedAsync(TestDatabase database, string table, int rows, int seed = 1, Originals? original = null)
    {
        original ??= new Originals(database);
        await using var link = await original.ConnectAsync(database.ConnectionText);
        await (await Seeding.OnAsync(original.Value, link, seed, (_, _) => { }, default)).TableAsync(table, rows, default);
    }

    private static async Task<string> RefusedAsync(TestDatabase database, string table, int rows) =>
        (await Should.ThrowAsync<SafeMigrateException>(() => SeedAsync(database, table, rows))).Message;

    private static async Task<string?> OneAsync(TestDatabase database, string sql) => (await database.QueryAsync(sql, [], 60, default)).Rows[0][0];
}
