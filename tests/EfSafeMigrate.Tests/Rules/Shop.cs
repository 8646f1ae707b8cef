using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>The schema every case starts from, and rows for engines that run it.</summary>
internal static class Shop
{
    public const string Orders = "orders";

    public static readonly TableName OrdersTable = new(null, Orders);
    public static readonly TableName Customers = new(null, "customers");

    public static string SchemaOn(string engine) => engine switch
    {
        RuleCase.Sqlite => Sqlite,
        RuleCase.MySql or RuleCase.MariaDb => MySql,
        RuleCase.SqlServer => SqlServer,
        _ => Postgres,
    };

    public static string FillOn(string engine, int rows) => engine == RuleCase.Sqlite ? FillSqlite(rows) : FillPostgres(rows);

    private const string Postgres = """
        CREATE TABLE customers (id bigint PRIMARY KEY, email varchar(100), name varchar(50));
        CREATE TABLE orders (
            id bigint PRIMARY KEY, customer_id bigint, qty integer NOT NULL DEFAULT 0, total numeric(10,2), note text, code varchar(20),
            number bigint, status text, city text, street text, placed_at timestamp, settings json);
        CREATE INDEX ix_orders_code ON orders (code);
        CREATE TABLE logs (id bigint, line text);
        """;

    private static string FillPostgres(int rows) => $$"""
        INSERT INTO customers SELECT g, 'u' || g, 'n' || g FROM generate_series(1, {{rows}}) g;
        INSERT INTO orders SELECT g, g, g + 100000, g % 1000 + 0.5, 'n' || g, 'c' || g, g + 500000, 's' || g, 'y' || g, 't' || g, now(), '{}' FROM generate_series(1, {{rows}}) g;
        INSERT INTO logs SELECT g, 'l' || g FROM generate_series(1, {{rows}}) g;
        """;

    private const string MySql = """
        CREATE TABLE customers (id bigint PRIMARY KEY AUTO_INCREMENT, email varchar(100), name varchar(50)) ENGINE=InnoDB;
        CREATE TABLE orders (
            id bigint PRIMARY KEY AUTO_INCREMENT, customer_id bigint, qty int NOT NULL DEFAULT 0, total decimal(10,2), note varchar(200), code varchar(20), label varchar(40),
            number bigint, status text, kind enum('a','b'), flags set('x','y','z'), placed_at datetime(6) COMMENT 'when it was sent', seen timestamp NULL ON UPDATE CURRENT_TIMESTAMP)
            ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
        CREATE INDEX ix_orders_code ON orders (code);
        CREATE TABLE logs (id bigint, line text) ENGINE=InnoDB;

        """;

    private const string Sqlite = """
        CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT, name TEXT);
        CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, qty INTEGER NOT NULL DEFAULT 0, total TEXT, note TEXT, code TEXT, number INTEGER, status TEXT);
        CREATE INDEX ix_orders_code ON orders (code);
        """;

    private const string SqlServer = """
        CREATE TABLE customers (id bigint NOT NULL IDENTITY PRIMARY KEY, email nvarchar(100), name nvarchar(50));
        CREATE TABLE orders (
            id bigint NOT NULL IDENTITY, customer_id bigint, qty int NOT NULL CONSTRAINT DF_orders_qty DEFAULT 0, total decimal(10,2), note nvarchar(max), code nvarchar(20),
            number bigint, status nvarchar(20), city nvarchar(50), placed_at datetime2, CONSTRAINT PK_orders PRIMARY KEY CLUSTERED (id));
        CREATE INDEX ix_orders_code ON orders (code);
        CREATE TABLE logs (id bigint, line nvarchar(max));

        """;

    private static string FillSqlite(int rows) => $"""
        WITH RECURSIVE n (g) AS (SELECT 1 UNION ALL SELECT g + 1 FROM n WHERE g < {rows})
        INSERT INTO customers SELECT g, 'u' || g, 'n' || g FROM n;
        WITH RECURSIVE n (g) AS (SELECT 1 UNION ALL SELECT g + 1 FROM n WHERE g < {rows})
        INSERT INTO orders SELECT g, g, g + 100000, g % 1000 + 0.5, 'n' || g, 'c' || g, g + 500000, 's' || g FROM n;
        """;

    public static Column Column(string name, string type = "text", bool nullable = true, Default? given = null) =>
        new(name, type, nullable) { Default = given };
}
