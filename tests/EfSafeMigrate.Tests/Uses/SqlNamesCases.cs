using EfSafeMigrate.Changes;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Tests.Rules;
using EfSafeMigrate.Uses;

namespace EfSafeMigrate.Tests.Uses;

/// <summary>A column in SQL is that of the table which the query means.</summary>
public class SqlNamesCases
{
    private static readonly TableName Orders = new(null, "orders");

    private static readonly DatabaseModel Schema = new([new(Orders, [new("id", "int", false), new("note", "text", true)]), new(new(null, "customers"), [new("id", "int", false), new("note", "text", true)])]);

    [Theory]
    [InlineData("SELECT note FROM orders", true)]
    [InlineData("SELECT o.note FROM orders o", true)]
    [InlineData("SELECT orders.note FROM public.orders", true)]
    [InlineData("select \"note\" from \"orders\"", true)]
    [InlineData("UPDATE orders SET note = NULL", true)]
    [InlineData("UPDATE orders AS o SET note = c.note FROM customers c", true)]
    [InlineData("INSERT INTO orders (id, note) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET note = excluded.note", true)]
    [InlineData("DELETE FROM orders WHERE note IS DISTINCT FROM 'x'", true)]
    [InlineData("SELECT 1 FROM customers WHERE EXISTS (SELECT 1 FROM orders WHERE orders.note = customers.note)", true)]
    [InlineData("WITH x AS (SELECT note FROM orders) SELECT 1 FROM x", true)]
    [InlineData("SELECT id FROM customers UNION SELECT note FROM orders", true)]
    [InlineData("SELECT id FROM customers; SELECT note FROM orders", true)]
    [InlineData("SELECT extract(year FROM note) FROM orders", true)]
    [InlineData("SELECT id FROM customers JOIN (SELECT note AS n FROM orders) x ON true", true)]
    [InlineData("CREATE INDEX i ON orders (note)", true)]
    [InlineData("COPY orders (id, note) FROM STDIN", true)]
    [InlineData("MERGE INTO orders t USING customers s ON t.id = s.id WHEN MATCHED THEN UPDATE SET note = s.note", true)]
    [InlineData("SELECT DISTINCT note, id FROM orders", true)]
    [InlineData("SELECT CASE WHEN id > 1 THEN note ELSE note END FROM orders", true)]
    [InlineData("MERGE INTO orders t USING customers s ON t.id = s.id WHEN MATCHED THEN UPDATE SET id = s.note", false)]
    [InlineData("SELECT id note FROM orders", false)]
    [InlineData("SELECT sum(id) note, id FROM orders", false)]
    [InlineData("SELECT note FROM customers", false)]
    [InlineData("SELECT c.note FROM customers c JOIN orders o ON o.id = c.id", false)]
    [InlineData("SELECT c.note FROM orders o, customers c", false)]
    [InlineData("SELECT id FROM orders WHERE id IN (SELECT id FROM customers WHERE note = 'x')", false)]
    [InlineData("SELECT 'note' FROM orders", false)]
    [InlineData("SELECT id AS note FROM orders", false)]
    [InlineData("SELECT note(id) FROM orders", false)]
    [InlineData("SELECT id FROM orders -- note", false)]
    [InlineData("SELECT x.note FROM (SELECT 1 AS note FROM orders) x", false)]
    [InlineData("SELECT id FROM orders WHERE id = @note OR id = :note", false)]
    [InlineData("WITH orders AS (SELECT 1 AS note) SELECT note FROM orders", false)]
    [InlineData("SELECT note FROM elsewhere.orders_archive", false)]
    public void AreOfTheTableThatIsMeant(string sql, bool meant) => Names(new(Id, Orders, "note", Touch.DroppedColumn)).In(sql).Count.ShouldBe(meant ? 1 : 0);

    [Theory]
    [InlineData("SELECT 1 FROM orders", true)]
    [InlineData("TRUNCATE TABLE orders", true)]
    [InlineData("SELECT 1 FROM customers c LEFT JOIN orders o ON true", true)]
    [InlineData("SELECT orders FROM customers", false)]
    [InlineData("SELECT 1 FROM customers AS orders", false)]
    public void AndTablesAreTables(string sql, bool meant) => Names(new(Id, Orders, null, Touch.DroppedTable)).In(sql).Count.ShouldBe(meant ? 1 : 0);

    [Theory]
    [InlineData("SELECT note FROM orders", true)]
    [InlineData("Select orders whose note is empty", false)]
    [InlineData("Update the orders from the list", false)]
    [InlineData("selected from orders", false)]
    [InlineData("note", false)]
    public void AndSentencesAreNoStatements(string text, bool isStatement) => Names(new(Id, Orders, "note", Touch.DroppedColumn)).IsStatement(text).ShouldBe(isStatement);

    [Theory]
    [InlineData("sqlserver", "UPDATE [o] SET [o].[note] = NULL FROM [dbo].[orders] AS [o]", true)]
    [InlineData("sqlserver", "SELECT [c].[note] FROM [orders] AS [o] CROSS JOIN [customers] AS [c]", false)]
    [InlineData("sqlserver", "SELECT TOP 10 note FROM orders WITH (NOLOCK) WHERE id = @note", true)]
    [InlineData("sqlserver", "SELECT id FROM orders WHERE id = @note", false)]
    [InlineData("mariadb", "SELECT `o`.`note` FROM `orders` AS `o`", true)]
    [InlineData("mariadb", "SELECT \"note\" FROM orders", false)]
    [InlineData("mariadb", "INSERT INTO orders (id) VALUES (1) ON DUPLICATE KEY UPDATE note = VALUES(note)", true)]
    [InlineData("sqlite", "SELECT \"note\", [id] FROM orders", true)]
    public void InTheDialectOfTheEngine(string engine, string sql, bool meant) =>
        new SqlNames(SqlDialect.Of(engine), [Schema], [new(Id, Orders, "note", Touch.DroppedColumn)]).In(sql).Count.ShouldBe(meant ? 1 : 0);

    [Theory]
    [InlineData("SELECT x.\"un\"\"it\" FROM \"Sales\".\"Order Items\" x", true)]
    [InlineData("SELECT \"un\"\"it\" FROM \"Other\".\"Order Items\"", false)]
    [InlineData("SELECT \"Order Items\".\"un\"\"it\" FROM \"Order Items\"", true)]
    public void WhateverTheNames(string sql, bool meant) =>
        Names(new(Id, new("Sales", "Order Items"), "un\"it", Touch.DroppedColumn)).In(sql).Count.ShouldBe(meant ? 1 : 0);

    [Fact]
    public void AWordOfTheLanguageIsNoColumn() =>
        Names(new(Id, Orders, "order", Touch.DroppedColumn)).In("SELECT id FROM orders ORDER BY id").ShouldBeEmpty();

    [Fact]
    public void AndNothingBreaksIt()
    {
        var names = Names(new(Id, Orders, "note", Touch.DroppedColumn));
        foreach (var text in new[] { "", "(", ")))", "SELECT (((", "FROM", "FROM .", "UPDATE", "'", "\"", "WITH", "; ; (", "note.", ".note", "SELECT note FROM orders )", "UNION UNION (" })
        {
            Should.NotThrow(() => names.In(text), text);
        }
    }

    private const string Id = "20260101000000_Change";

    private static SqlNames Names(TouchedName touched) => new(SqlDialect.Of(RuleCase.Postgres), [Schema], [touched]);
}
