using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>The schema every case starts from, and rows for engines that run it.</summary>
internal static class Shop
{
    public const string Orders = "orders";

    public static readonly TableName OrdersTable = new(null, Orders);
    public static readonly TableName Customers = new(null, "customers");

    public static string SchemaOn(string engine) => engine == RuleCase.Sqlite ? Sqlite : Postgres;

    public static string FillOn(string engine) => engine == RuleCase.Sqlite ? FillSqlite : FillPostgres;

    private const string Postgres = """
        CREATE TABLE customers (id bigint PRIMARY KEY, email varchar(100), name varchar(50));
        CREATE TABLE orders (
            id bigint PRIMARY KEY, customer_id bigint, qty integer NOT NULL DEFAULT 0, total numeric(10,2), note text, code varchar(20),
            number bigint, status text, city text, street text, placed_at timestamp, settings json);
        CREATE INDEX ix_orders_code ON orders (code);
        CREATE TABLE logs (id bigint, line text);
        """;

    private const string FillPostgres = """
        INSERT INTO customers SELECT g, 'u' || g, 'n' || g FROM generate_series(1, 300) g;
        INSERT INTO orders SELECT g, g % 300 + 1, g, g, 'n', 'c' || g, g, 's', 'c', 's', now(), '{}' FROM generate_series(1, 300) g;
        INSERT INTO logs SELECT g, 'l' || g FROM generate_series(1, 50) g;
        """;

    private const string Sqlite = """
        CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT, name TEXT);
        CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, qty INTEGER NOT NULL DEFAULT 0, total TEXT, note TEXT, code TEXT, number INTEGER, status TEXT);
        CREATE INDEX ix_orders_code ON orders (code);
        """;

    private const string FillSqlite = """
        INSERT INTO customers VALUES (1, 'u1', 'n1'), (2, 'u2', 'n2');
        INSERT INTO orders VALUES (1, 1, 1, '1', 'a', 'c1', 1, 's'), (2, 2, 2, '2', 'b', 'c2', 2, 's');
        """;

    public static Column Column(string name, string type = "text", bool nullable = true, Default? given = null) =>
        new(name, type, nullable) { Default = given };
}
