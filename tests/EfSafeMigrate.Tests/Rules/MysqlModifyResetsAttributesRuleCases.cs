using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MysqlModifyResetsAttributesRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("the default", Severity.Careful, "ALTER TABLE orders MODIFY COLUMN qty int NOT NULL").On(MySql).Saying("MODIFY restates orders.qty without DEFAULT 0, which the column has: it is dropped without a word")
            .Cured(Deploy("ALTER TABLE orders MODIFY COLUMN qty int NOT NULL DEFAULT 0")),
        Flagged("the comment", Severity.Careful, "ALTER TABLE orders CHANGE placed_at placed_at datetime(6) NULL").On(MariaDb).Saying("CHANGE restates orders.placed_at without its COMMENT")
            .Cured(Deploy("ALTER TABLE orders CHANGE placed_at placed_at datetime(6) NULL COMMENT 'when it was sent'")),
        Flagged("what every update sets", Severity.Careful, "ALTER TABLE `orders` MODIFY `seen` timestamp NULL").On(MySql).Saying("ON UPDATE CURRENT_TIMESTAMP")
            .Cured(Deploy("ALTER TABLE orders MODIFY seen timestamp NULL ON UPDATE CURRENT_TIMESTAMP")),
        Flagged("the number", Severity.Dangerous, "ALTER TABLE orders MODIFY COLUMN id bigint NOT NULL").On(MariaDb).Saying("without AUTO_INCREMENT")
            .Cured(Deploy("ALTER TABLE orders MODIFY COLUMN id bigint NOT NULL AUTO_INCREMENT")),
        FlaggedOperations("what only SQL gave it", Severity.Careful,
            new AlterColumn(Shop.OrdersTable, Shop.Column("number", "bigint", given: new("7", true)), Shop.Column("number", "bigint")) { Clause = "SET DEFAULT" },
            new AlterColumn(Shop.OrdersTable, Shop.Column("number", "bigint", nullable: false), Shop.Column("number", "bigint"))).On(MySql)
            .Saying("The provider's MODIFY restates orders.number without DEFAULT 7")
            .Cured(new CuredForm([Deploy(new AlterColumn(Shop.OrdersTable, Shop.Column("number", "bigint", nullable: false, given: new("7", true)), Shop.Column("number", "bigint")))]).Leaving("set-not-null-scan")),
        Allowed("all of it is restated", "ALTER TABLE orders MODIFY COLUMN qty bigint NOT NULL DEFAULT 0").On(MySql),
        Allowed("a default of its own statement", "ALTER TABLE orders ALTER COLUMN qty DROP DEFAULT").On(MySql),
        Allowed("a column without attributes", "ALTER TABLE orders MODIFY COLUMN note varchar(300) NULL").On(MariaDb),
        Allowed("another default", "ALTER TABLE orders MODIFY COLUMN qty int NOT NULL DEFAULT 1").On(MySql),
        Allowed("a table nobody described", "ALTER TABLE legacy MODIFY COLUMN a int").On(MySql),
        AllowedOperations("the model takes the default away", new AlterColumn(Shop.OrdersTable, Shop.Column("qty", "int", nullable: false), Shop.Column("qty", "int", nullable: false, given: new("0", true)))).On(MySql),
        Allowed("an engine that changes one attribute", "ALTER TABLE orders ALTER COLUMN qty TYPE integer"),
    ];
}
