using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MysqlModifyPrimaryKeyRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("in two statements", Severity.Dangerous, "ALTER TABLE customers MODIFY id bigint NOT NULL, DROP PRIMARY KEY; ALTER TABLE customers ADD PRIMARY KEY (email)").On(MySql)
            .Saying("moves to email in two steps: each writes every row anew, and the first stops every INSERT, UPDATE and DELETE on customers"),
        Flagged("as Pomelo does it", Severity.Dangerous, "CALL POMELO_BEFORE_DROP_PRIMARY_KEY(NULL, 'orders'); ALTER TABLE `orders` DROP PRIMARY KEY; ALTER TABLE `orders` ADD CONSTRAINT `PK_orders` PRIMARY KEY (`number`); CALL POMELO_AFTER_ADD_PRIMARY_KEY(NULL, 'orders', 'number');").On(MySql)
            .Saying("the running release still finds them by id"),
        Flagged("the old key is left without an index", Severity.Dangerous, "ALTER TABLE customers MODIFY id bigint NOT NULL, DROP PRIMARY KEY, ADD PRIMARY KEY (email)").On(MariaDb)
            .Saying("leaves id without an index"),
        FlaggedOperations("only for a name", Severity.Dangerous, new DropPrimaryKey(new(null, "bills"), "PK_bills"), new AddPrimaryKey(new(null, "bills"), new("PK_invoices", ["id"]))).On(MariaDb)
            .After("CREATE TABLE bills (id bigint, CONSTRAINT PK_bills PRIMARY KEY (id));").Saying("for a name that MariaDB does not keep").Cured(LeftOut),
        Allowed("at once, and the old one stays unique", "ALTER TABLE customers DROP PRIMARY KEY, ADD PRIMARY KEY (email), ADD UNIQUE INDEX ux_customers_id (id)").On(MySql),
        Allowed("at once, with more columns behind", "ALTER TABLE orders DROP PRIMARY KEY, ADD PRIMARY KEY (id, qty)").On(MariaDb),
        Allowed("dropped for good", "ALTER TABLE orders MODIFY id bigint NOT NULL, DROP PRIMARY KEY").On(MySql),
        Allowed("an engine that keeps rows where they are", "ALTER TABLE orders DROP CONSTRAINT orders_pkey; ALTER TABLE orders ADD CONSTRAINT pk PRIMARY KEY (number)"),
    ];
}
