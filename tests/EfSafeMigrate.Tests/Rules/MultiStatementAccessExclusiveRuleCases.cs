using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MultiStatementAccessExclusiveRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("another table is validated", Severity.Dangerous, "ALTER TABLE customers ADD COLUMN memo text; ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)")
            .Saying("customers is under ACCESS EXCLUSIVE since an earlier change").Cured(new CuredForm([Deploy("ALTER TABLE customers ADD COLUMN memo text", "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)")]).Leaving("add-fk-validating")),
        Flagged("a foreign key behind its column", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN buyer_id bigint; ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (buyer_id) REFERENCES customers (id)")
            .Cured(new CuredForm([Deploy("ALTER TABLE orders ADD COLUMN buyer_id bigint", "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (buyer_id) REFERENCES customers (id)")]).Leaving("add-fk-validating")),
        Flagged("another table is written anew", Severity.Dangerous, "ALTER TABLE customers ADD COLUMN memo text; ALTER TABLE orders ALTER COLUMN qty TYPE bigint")
            .Cured(new CuredForm([Deploy("ALTER TABLE customers ADD COLUMN memo text", "ALTER TABLE orders ALTER COLUMN qty TYPE bigint")]).Leaving("alter-column-type-rewrite")),
        FlaggedOperations("a required column that EF alters", Severity.Dangerous, new AddColumn(new TableName(null, "customers"), Shop.Column("memo", "text")), new AlterColumn(Shop.OrdersTable, Shop.Column("qty", "bigint", false), Shop.Column("qty", "integer", false)))
            .Cured(new CuredForm([Deploy("ALTER TABLE customers ADD COLUMN memo text", new AlterColumn(Shop.OrdersTable, Shop.Column("qty", "bigint", false), Shop.Column("qty", "integer", false)))]).Leaving("alter-column-type-rewrite")),
        Allowed("two instant changes of one table", "ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE orders ADD COLUMN memo2 text"),
        Allowed("two instant changes of two tables", "ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE customers ADD COLUMN memo text"),
        Allowed("its own lock stops the readers anyway", "ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE orders ALTER COLUMN qty TYPE bigint"),
        Allowed("seeded rows", "ALTER TABLE orders ADD COLUMN memo text; INSERT INTO customers (id) VALUES (9000001)"),
        Allowed("an index, which is said elsewhere", "ALTER TABLE orders ADD COLUMN memo text; CREATE INDEX ix ON orders (memo)"),
        Allowed("the table is new", "CREATE TABLE t (id bigint PRIMARY KEY); ALTER TABLE t ADD COLUMN a bigint; ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)"),
        Allowed("two migrations", "ALTER TABLE customers ADD COLUMN memo text", "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)"),
    ];
}
