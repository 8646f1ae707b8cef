using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MultipleForeignKeysRuleCases
{
    private const string First = "ALTER TABLE orders ADD CONSTRAINT fk_customers FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID";
    private const string Bills = "CREATE TABLE bills (id bigint PRIMARY KEY, customer_id bigint)";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("two of one table", Severity.Careful, $"{First}; ALTER TABLE orders ADD CONSTRAINT fk_logs FOREIGN KEY (number) REFERENCES bills (id) NOT VALID").After(Bills).Saying("fk_logs locks bills while orders and customers stay locked")
            .Cured(Deploy(First, "ALTER TABLE orders ADD CONSTRAINT fk_logs FOREIGN KEY (number) REFERENCES bills (id) NOT VALID")),
        Flagged("two tables to one", Severity.Careful, $"{First}; ALTER TABLE bills ADD CONSTRAINT fk_bills FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID").After(Bills)
            .Cured(Deploy(First, "ALTER TABLE bills ADD CONSTRAINT fk_bills FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID")),
        FlaggedOperations("as EF says it", Severity.Careful, Key("fk_customers", Shop.OrdersTable, "customer_id", Shop.Customers), Key("fk_bills", new(null, "bills"), "customer_id", Shop.Customers)).After(Bills).Saying("fk_bills locks bills")
            .Cured(Deploy(First, "ALTER TABLE bills ADD CONSTRAINT fk_bills FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID")),
        Allowed("one", First),
        Allowed("two migrations", First, "ALTER TABLE bills ADD CONSTRAINT fk_bills FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID").After(Bills),
        Allowed("the same two tables", $"{First}; ALTER TABLE orders ADD CONSTRAINT fk2 FOREIGN KEY (number) REFERENCES customers (id) NOT VALID"),
        Allowed("new tables among themselves", "CREATE TABLE a (id bigint PRIMARY KEY); CREATE TABLE b (id bigint PRIMARY KEY, a_id bigint); CREATE TABLE c (id bigint, a_id bigint); ALTER TABLE b ADD CONSTRAINT fk_b FOREIGN KEY (a_id) REFERENCES a (id); ALTER TABLE c ADD CONSTRAINT fk_c FOREIGN KEY (a_id) REFERENCES a (id)"),
    ];

    private static AddForeignKey Key(string name, TableName table, string column, TableName principal) => new(table, new(name, [column], principal, ["id"]));
}
