using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class ChangeTypeAndNullTogetherRuleCases
{
    private static readonly CuredForm Split = new([Deploy("ALTER TABLE orders ALTER COLUMN code TYPE varchar(50)"), Deploy(Proved("orders", "code"))]);

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("a type that is free", Severity.Safe, new AlterColumn(Shop.OrdersTable, Shop.Column("code", "varchar(50)", false), Shop.Column("code", "varchar(20)"))).Advised()
            .Saying("orders.code becomes varchar(50) and required").Cured(Split),
        FlaggedOperations("a rewrite", Severity.Safe, new AlterColumn(Shop.OrdersTable, Shop.Column("number", "numeric", false), Shop.Column("number", "bigint"))).Advised()
            .Cured(new CuredForm([Deploy(Proved("orders", "number"))])),
        FlaggedOperations("a longer text", Severity.Safe, new AlterColumn(Shop.OrdersTable, Shop.Column("code", "text", false), Shop.Column("code", "varchar(20)"))).Advised().Cured(Split),
        AllowedOperations("only the type", new AlterColumn(Shop.OrdersTable, Shop.Column("code", "varchar(50)"), Shop.Column("code", "varchar(20)"))).Advised(),
        AllowedOperations("only required", new AlterColumn(Shop.OrdersTable, Shop.Column("code", "varchar(20)", false), Shop.Column("code", "varchar(20)"))).Advised(),
        AllowedOperations("a CHECK proves it", new AlterColumn(Shop.OrdersTable, Shop.Column("code", "varchar(50)", false), Shop.Column("code", "varchar(20)"))).After("ALTER TABLE orders ADD CONSTRAINT ck CHECK (code IS NOT NULL)").Advised(),
        AllowedOperations("nobody asked", new AlterColumn(Shop.OrdersTable, Shop.Column("code", "varchar(50)", false), Shop.Column("code", "varchar(20)"))),
    ];
}
