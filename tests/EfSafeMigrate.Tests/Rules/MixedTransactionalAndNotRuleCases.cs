using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MixedTransactionalAndNotRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("a concurrent index beside a column", Severity.Careful,
            new AddColumn(Shop.OrdersTable, Shop.Column("memo")),
            new CreateIndex(Shop.OrdersTable, new("ix_orders_memo", ["memo"])) { Concurrently = true, InTransaction = false })
            .Saying("ix_orders_memo runs outside the transaction")
            .Cured(Deploy(new AddColumn(Shop.OrdersTable, Shop.Column("memo")), new CreateIndex(Shop.OrdersTable, new("ix_orders_memo", ["memo"])) { Concurrently = true, InTransaction = false })),
        FlaggedOperations("the suppressed one first", Severity.Careful,
            new CreateIndex(Shop.OrdersTable, new("ix_orders_note", ["note"])) { Concurrently = true, InTransaction = false },
            new AddColumn(Shop.OrdersTable, Shop.Column("memo")), new AddColumn(Shop.OrdersTable, Shop.Column("memo2"))).Saying("2 other changes")
            .Cured(Deploy(new CreateIndex(Shop.OrdersTable, new("ix_orders_note", ["note"])) { Concurrently = true, InTransaction = false }, CuredMigration.Of(new AddColumn(Shop.OrdersTable, Shop.Column("memo")), new AddColumn(Shop.OrdersTable, Shop.Column("memo2"))))),
        FlaggedOperations("beside a new table", Severity.Careful,
            new CreateTable(new(new(null, "invoices"), [Shop.Column("id", "bigint", false)])),
            new CreateIndex(new(null, "invoices"), new("ix_invoices_id", ["id"])) { Concurrently = true, InTransaction = false })
            .Cured(Deploy(new CreateTable(new(new(null, "invoices"), [Shop.Column("id", "bigint", false)])), new CreateIndex(new(null, "invoices"), new("ix_invoices_id", ["id"])) { Concurrently = true, InTransaction = false })),
        AllowedOperations("alone", new CreateIndex(Shop.OrdersTable, new("ix_orders_note", ["note"])) { Concurrently = true, InTransaction = false }),
        Allowed("all inside", "ALTER TABLE orders ADD COLUMN memo text; ALTER TABLE orders ADD COLUMN memo2 text"),
        Allowed("all outside", "DROP INDEX CONCURRENTLY IF EXISTS ix_orders_note; CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)").Outside(),
        AllowedOperations("beside a setting", new SetSetting("lock_timeout", "2s", true), new CreateIndex(Shop.OrdersTable, new("ix_orders_note", ["note"])) { Concurrently = true, InTransaction = false }),
    ];
}
