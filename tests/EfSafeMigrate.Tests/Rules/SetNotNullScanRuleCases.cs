using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class SetNotNullScanRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("nothing proves it", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN note SET NOT NULL").WithRows(4_812_330, 1_181_116_006)
            .Saying("the check reads orders (4,812,330 rows, 1.1 GB) and stops every read and write of orders"),
        Flagged("nothing proves it, on 18", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN note SET NOT NULL") with { Version = "18.4" },
        Flagged("no row is NULL now", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN note SET NOT NULL").WithRows(4_812_330)
            .Asked(ProbeKind.Nulls, "note", 0, looked: 4_812_330).Saying("4,812,330 rows hold no NULLs now"),
        Flagged("rows are NULL", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN note SET NOT NULL").WithRows(900)
            .Asked(ProbeKind.Nulls, "note", 3, "1, 7, 9").Saying("it fails on 3 NULLs, first 1, 7, 9"),
        Flagged("the NULLs are filled before", Severity.Dangerous, "UPDATE orders SET note = '' WHERE note IS NULL", "ALTER TABLE orders ALTER COLUMN note SET NOT NULL")
            .Asked(ProbeKind.Nulls, "note", 3, "1, 7, 9").Saying("the UPDATE before it fills the NULLs"),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders ALTER COLUMN note SET NOT NULL").WithRows(900),
        Flagged("another constraint is validated", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN note SET NOT NULL")
            .After("ALTER TABLE orders ADD CONSTRAINT ck CHECK (code IS NOT NULL)"),
        Flagged("the proof is not validated", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN note SET NOT NULL")
            .After("ALTER TABLE orders ADD CONSTRAINT ck CHECK (note IS NOT NULL) NOT VALID"),
        Flagged("a table nobody described", Severity.Dangerous, "ALTER TABLE legacy ALTER COLUMN a SET NOT NULL") with { Runs = false },
        FlaggedOperations("the provider copies the table", Severity.Careful, new AlterColumn(Shop.OrdersTable, Shop.Column("note", "TEXT", false), Shop.Column("note", "TEXT")))
            .On(Sqlite).Saying("refuses NULL")
            .Cured(
                Deploy("UPDATE orders SET note = '' WHERE id BETWEEN 1 AND 100000 AND note IS NULL", new AlterColumn(Shop.OrdersTable, Shop.Column("note", "TEXT", false), Shop.Column("note", "TEXT"))).WithoutTraffic()),
        Allowed("a validated check proves it", "ALTER TABLE orders ALTER COLUMN note SET NOT NULL")
            .After("ALTER TABLE orders ADD CONSTRAINT ck CHECK (note IS NOT NULL)"),
        Allowed("a quoted check proves it", """ALTER TABLE "Lines" ALTER COLUMN "Text" SET NOT NULL""")
            .After("""CREATE TABLE "Lines" ("Id" bigint PRIMARY KEY, "Text" text, CONSTRAINT "CK" CHECK ("Text" IS NOT NULL))"""),
        Allowed("validated in an earlier migration",
            "ALTER TABLE orders ADD CONSTRAINT ck CHECK (note IS NOT NULL) NOT VALID", "ALTER TABLE orders VALIDATE CONSTRAINT ck", "ALTER TABLE orders ALTER COLUMN note SET NOT NULL; ALTER TABLE orders DROP CONSTRAINT ck"),
        Allowed("unvalidated, on 18", "ALTER TABLE orders ADD CONSTRAINT nn NOT NULL note NOT VALID") with { Version = "18.4" },
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n text); ALTER TABLE invoices ALTER COLUMN n SET NOT NULL"),
        Allowed("it becomes nullable", "ALTER TABLE orders ALTER COLUMN qty DROP NOT NULL"),
        Flagged("SQL Server", Severity.Dangerous, "ALTER TABLE orders ALTER COLUMN status nvarchar(20) NOT NULL").OnSqlServer().Saying("stops every read and write of orders")
            .Cured(Deploy("UPDATE orders SET status = N'new' WHERE status IS NULL", "ALTER TABLE orders ALTER COLUMN status nvarchar(20) NOT NULL").WithoutTraffic()),
    ];
}
