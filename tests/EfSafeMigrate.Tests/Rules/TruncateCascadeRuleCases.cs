using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class TruncateCascadeRuleCases
{
    private const string Key = "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)";

    private static readonly CuredForm Saved = new([Deploy("CREATE TABLE kept AS SELECT * FROM customers; CREATE TABLE kept2 AS SELECT * FROM orders; TRUNCATE customers CASCADE")]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a table that another references", Severity.Dangerous, "TRUNCATE customers CASCADE").After(Key).Saying("of customers and every row of orders").Cured(Saved),
        Flagged("through two tables", Severity.Dangerous, "TRUNCATE TABLE customers CASCADE").After($"{Key}; CREATE TABLE lines (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id))").Saying("orders and lines")
            .Cured(Deploy("CREATE TABLE a AS SELECT * FROM customers; CREATE TABLE b AS SELECT * FROM orders; CREATE TABLE c AS SELECT * FROM lines; TRUNCATE customers CASCADE")),
        Flagged("rows are saved of one table only", Severity.Dangerous, "CREATE TABLE kept AS SELECT * FROM customers; TRUNCATE customers CASCADE").After(Key).Cured(Saved),
        Allowed("nothing references it", "TRUNCATE logs CASCADE"),
        Allowed("without CASCADE", "TRUNCATE orders"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY); TRUNCATE invoices CASCADE"),
    ];
}
