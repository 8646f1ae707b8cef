using EfSafeMigrate.Changes;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Tests.Rules;
using EfSafeMigrate.Updates.Histories;

namespace EfSafeMigrate.Tests.Updates.Histories;

/// <summary>Which migrations touched a table or a column, under whatever name.</summary>
public sealed class HistoriesAreFollowed
{
    private static readonly ChangeSet Shop = Set(
        "CREATE TABLE \"Orders\" (\"Id\" int PRIMARY KEY, \"Note\" text); CREATE TABLE \"Lines\" (\"Id\" int PRIMARY KEY, \"OrderId\" int)",
        "CREATE INDEX \"IX_Note\" ON \"Orders\" (\"Note\"); ALTER TABLE \"Lines\" ADD CONSTRAINT \"FK\" FOREIGN KEY (\"OrderId\") REFERENCES \"Orders\" (\"Id\")",
        "ALTER TABLE \"Orders\" RENAME COLUMN \"Note\" TO \"Remark\"",
        "ALTER TABLE \"Orders\" ADD COLUMN \"Paid\" boolean",
        "DROP INDEX \"IX_Note\"; UPDATE \"Orders\" SET \"Remark\" = '' WHERE \"Remark\" IS NULL",
        "ALTER TABLE \"Orders\" RENAME TO \"Purchases\"",
        "ALTER TABLE \"Purchases\" DROP COLUMN \"Paid\"; CREATE TABLE \"Orders\" (\"Id\" int)");

    [Fact]
    public void AColumnUnderEveryName() => Told(Shop, "Purchases.Remark").ShouldBe([
        "1 as Orders.Note: Orders is created",
        "2 as Orders.Note: IX_Note is created on Orders",
        "3 as Orders.Remark: Orders.Note is renamed to Remark",
        "5 as Orders.Remark: IX_Note is dropped; rows of Orders are updated",
        "6: Orders is renamed to Purchases",
    ]);

    [Fact]
    public void ATableUnderEveryName() => Told(Shop, "Purchases").ShouldBe([
        "1 as Orders: Orders is created",
        "2 as Orders: IX_Note is created on Orders; Lines references Orders",
        "3 as Orders: Orders.Note is renamed to Remark",
        "4 as Orders: Orders.Paid is added",
        "5 as Orders: IX_Note is dropped; rows of Orders are updated",
        "6: Orders is renamed to Purchases",
        "7: Purchases.Paid is dropped",
    ]);

    /// <summary>A name that another table has taken since is that table's, and what bore it before is told with it.</summary>
    [Fact]
    public void ANameThatIsTakenAgain() => Told(Shop, "Orders")[^1].ShouldBe("7: Orders is created");

    [Theory]
    [InlineData("Orders.Note", "Purchases.Remark")]
    [InlineData("purchases.remark", "Purchases.Remark")]
    [InlineData("\"Purchases\".\"Remark\"", "Purchases.Remark")]
    [InlineData("[Purchases].[Remark]", "Purchases.Remark")]
    [InlineData("`Lines`", "Lines")]
    [InlineData("Orders.Paid", "Purchases.Paid")]
    public void ByAnySpellingAndAnyNameItHad(string asked, string subject) => $"{Trail.Of(Shop, asked).Subject}".ShouldBe(subject);

    [Fact]
    public void ADroppedColumnIsStillKnown() => Told(Shop, "Purchases.Paid").ShouldBe(["4 as Orders.Paid: Orders.Paid is added", "6: Orders is renamed to Purchases", "7: Purchases.Paid is dropped"]);

    [Theory]
    [InlineData("Purchase.Remark", "did you mean Purchases.Remark?")]
    [InlineData("Lnies", "did you mean Lines?")]
    [InlineData("Customers", "it knows Lines, Orders, Purchases")]
    public void ANameThatNobodyKnows(string asked, string next)
    {
        var refused = Should.Throw<SafeMigrateException>(() => Trail.Of(Shop, asked));
        refused.Message.ShouldBe($"No migration of this project knows `{asked}`.");
        refused.Next.ShouldStartWith(next);
    }

    [Fact]
    public void AProjectWithoutMigrations() => Should.Throw<SafeMigrateException>(() => Trail.Of(new([]), "Orders")).Next.ShouldBe("the project has no migrations yet");

    [Fact]
    public void SchemasQuotesAndCapitals()
    {
        var set = Set(
            "CREATE TABLE \"Odd\"\"s\".\"Or.ders\" (\"Pri\"\"ce\" int, \"price\" int); CREATE TABLE sales.orders (id int); CREATE TABLE archive.orders (id int)",
            "ALTER TABLE \"Odd\"\"s\".\"Or.ders\" ALTER COLUMN \"Pri\"\"ce\" TYPE bigint; ALTER TABLE archive.orders ADD COLUMN at date",
            "ALTER TABLE sales.orders SET SCHEMA shop",
            "ALTER SCHEMA archive RENAME TO attic");

        Told(set, "Odd\"s.Or.ders.Pri\"ce").ShouldBe(["1: Odd\"s.Or.ders is created", "2: Odd\"s.Or.ders.Pri\"ce becomes bigint"]);
        Told(set, "\"Odd\"\"s\".\"Or.ders\".\"Pri\"\"ce\"").Count.ShouldBe(2);
        Told(set, "Or.ders.price").Count.ShouldBe(1);
        Told(set, "shop.orders").ShouldBe(["1 as sales.orders: sales.orders is created", "3: sales.orders is renamed to shop.orders"]);
        Told(set, "attic.orders.at").ShouldBe(["2 as archive.orders.at: archive.orders.at is added", "4: rename schema"]);
        var several = Should.Throw<SafeMigrateException>(() => Trail.Of(set, "orders"));
        several.Message.ShouldBe("`orders` is the name of several: attic.orders, shop.orders.");
    }

    [Fact]
    public void SqlThatNobodyCanReadIsToldWhereItNamesTheTable()
    {
        var set = new ChangeSet([.. Set("CREATE TABLE t (a int, b int)").Migrations, new("2_M", Set("CREATE TABLE t (a int, b int)").Migrations[0].Changes.Aggregate(DatabaseModel.Empty, Evolution.After), [new OpaqueSql("CALL tidy('x', t, a)", "a call")])]);

        Told(set, "t.a").ShouldBe(["1: t is created", "2: raw SQL, not judged"]);
        Told(set, "t.b").ShouldBe(["1: t is created"]);
    }

    /// <summary>Phases rename by a column beside the old one.</summary>
    [Theory]
    [InlineData("customers.full_name")]
    [InlineData("customers.name")]
    public void APhasedRenameIsOne(string asked)
    {
        var sql = Set("CREATE TABLE customers (id int, name text, phone text)", "ALTER TABLE customers ADD COLUMN full_name text", "SELECT 1", "ALTER TABLE customers DROP COLUMN name");
        var spec = new BackfillSpec(new(null, "customers"), ["id"], "full_name", "\"name\"");
        var set = new ChangeSet([.. sql.Migrations.Select((migration, at) => at == 0 ? migration : migration with
        {
            Phase = new("Rename", at == 1 ? "Expand" : at == 2 ? "Backfill" : "Contract"),
            Backfills = at == 2 ? new Dictionary<int, BackfillSpec> { [0] = spec } : new(),
            Changes = at == 2 ? [new UpdateRows(new(null, "customers"), ["full_name"], null)] : migration.Changes,
        })]);

        Told(set, asked).ShouldBe([
            "1 as customers.name: customers is created", "2: customers.full_name is added", "3: rows of customers are updated", "4: customers.name is dropped"]);
        Told(set, "customers.phone").Count.ShouldBe(1);
    }

    /// <summary>What a split column was is told of both halves, and asked for itself it is followed into neither.</summary>
    [Fact]
    public void ASplitIsNoRename()
    {
        var sql = Set("CREATE TABLE c (id int, name text)", "ALTER TABLE c ADD COLUMN a text; ALTER TABLE c ADD COLUMN b text", "ALTER TABLE c DROP COLUMN name");
        var specs = new[] { "a", "b" }.Select(column => new BackfillSpec(new(null, "c"), ["id"], column, "split_part(name, ' ', 1)")).ToArray();
        var set = new ChangeSet([.. sql.Migrations.Select((migration, at) => at == 0 ? migration : migration with { Phase = new("Split", at == 1 ? "Expand" : "Contract") { Filled = at == 2 ? specs : [] } })]);

        Told(set, "c.a").ShouldBe(["1 as c.name: c is created", "2: c.a is added", "3: c.name is dropped"]);
        $"{Trail.Of(set, "c.name").Subject}".ShouldBe("c.name");
    }

    private static ChangeSet Set(params string[] sql)
    {
        var set = RuleCaseRun.Set(sql.Select(each => (each, true)), RuleCase.Postgres, DatabaseModel.Empty);
        return new([.. set.Migrations.Select((migration, at) => migration with { Id = $"{at + 1}_M" })]);
    }

    private static IReadOnlyList<string> Told(ChangeSet set, string asked)
    {
        var trail = Trail.Of(set, asked);
        return [.. trail.Steps.Select(step => $"{step.Migration.Id.Split('_')[0]}{(step.Then == trail.Subject ? "" : $" as {step.Then}")}: {string.Join("; ", step.Changes.Select(Phrase.What))}")];
    }
}
