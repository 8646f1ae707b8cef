using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DropForeignKeyRuleCases
{
    private const string Key = "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("by name", Severity.Careful, "ALTER TABLE orders DROP CONSTRAINT fk").After(Key).Saying("orders.customer_id can point at rows of customers that do not exist").Cured(LeftOut),
        FlaggedOperations("as EF says it", Severity.Careful, new DropForeignKey(Shop.OrdersTable, "fk")).After(Key).Cured(LeftOut),
        Flagged("another engine", Severity.Careful, "ALTER TABLE orders DROP FOREIGN KEY fk").On("mysql").After(Key).Cured(LeftOut),
        Allowed("it comes back under another name", "ALTER TABLE orders DROP CONSTRAINT fk; ALTER TABLE orders ADD CONSTRAINT fk2 FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID").After(Key),
        Allowed("its column goes too", "ALTER TABLE orders DROP CONSTRAINT fk; ALTER TABLE orders DROP COLUMN customer_id").After(Key),
        Allowed("its table goes too", "ALTER TABLE orders DROP CONSTRAINT fk; DROP TABLE orders").After(Key),
        Allowed("the referenced table goes too", "ALTER TABLE orders DROP CONSTRAINT fk; DROP TABLE customers").After(Key),
        Allowed("the key is new", "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID; ALTER TABLE orders DROP CONSTRAINT fk"),
    ];
}
