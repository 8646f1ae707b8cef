using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DataDependentFailureRuleCases
{
    private const string Key = "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a default breaks its CHECK", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN w INTEGER DEFAULT 0 CHECK (w > 0)").Saying("its default 0 breaks CHECK").Cured(Deploy("ALTER TABLE orders ADD COLUMN w INTEGER")),
        Flagged("rows are pointed to", Severity.Careful, "DELETE FROM customers WHERE id = 7").After(Key).Saying("fails when a row of orders still points to what it removes").Cured(Deploy("DELETE FROM orders WHERE id = 7; DELETE FROM customers WHERE id = 7")),
        FlaggedOperations("a seeded row goes", Severity.Careful, new DeleteData(Shop.Customers, 1)).After(Key).Cured(LeftOut),
        Flagged("on another engine", Severity.Careful, "DELETE FROM customers WHERE id = 7").On(Sqlite).After("CREATE TABLE bills (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (id))")
            .Cured(Deploy("DELETE FROM bills WHERE id = 7; DELETE FROM customers WHERE id = 7")),
        Allowed("the default passes", "ALTER TABLE orders ADD COLUMN w INTEGER DEFAULT 1 CHECK (w > 0)").On(Sqlite),
        Allowed("no default, no value", "ALTER TABLE orders ADD COLUMN w INTEGER CHECK (w > 0)").On(Sqlite),
        Allowed("the rows follow", "DELETE FROM customers WHERE id = 7").After($"{Key} ON DELETE CASCADE"),
        Allowed("nothing points there", "DELETE FROM orders WHERE id = 7").After(Key),
        Allowed("they were dealt with", "UPDATE orders SET customer_id = NULL WHERE customer_id = 7; DELETE FROM customers WHERE id = 7").After(Key),
    ];
}
