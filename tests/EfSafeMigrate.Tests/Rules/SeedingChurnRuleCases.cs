using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class SeedingChurnRuleCases
{
    private static UpdateData Row(string id) => new(Shop.Customers, ["stamp"], 1) { Keys = [$"id = {id}"] };

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("a clock", Severity.Careful, Row("1") with { HoldsClock = true }).Saying("writes the time of its scaffolding into stamp of customers").Cured(LeftOut),
        FlaggedOperations("a clock beside other changes", Severity.Careful, new AddColumn(Shop.OrdersTable, Shop.Column("memo")), Row("1") with { HoldsClock = true }).Cured(Deploy(new AddColumn(Shop.OrdersTable, Shop.Column("memo")))),
        FlaggedOperations("several columns", Severity.Careful, new UpdateData(Shop.Customers, ["name", "email"], 1) { Keys = ["id = 2"], HoldsClock = true }).Saying("name and email").Cured(LeftOut),
        AllowedOperations("a seeded row is corrected", Row("1")),
        AllowedOperations("nobody knows the rows", new UpdateData(Shop.Customers, ["name"], 1) { HoldsClock = true }),
        AllowedOperations("rows are added", new InsertData(Shop.Customers, 2)),
        Allowed("an UPDATE somebody wrote", "UPDATE customers SET name = '2026-01-01 10:00:00.1234567' WHERE id = 1"),
    ];
}
