using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class UnversionedApiRuleCases
{
    private const string Cure = "ALTER TABLE orders ADD COLUMN tier int";

    private static readonly TableName Orders = new(null, "orders");

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("warned of", Severity.Careful, new UnversionedApi("GET /orders", Orders, "note", "orders.note is dropped", Fails: false)).Saying("GET /orders uses what changes").Cured(Deploy(Cure)),
        FlaggedOperations("that fails", Severity.Dangerous, new UnversionedApi("OrdersController.Get", Orders, "note", "orders.note is renamed to remark", Fails: true)).Saying("orders.note is renamed to remark").Cured(Deploy(Cure)),
        FlaggedOperations("of a table", Severity.Dangerous, new UnversionedApi("OrderDeskService.GetOrder", Orders, null, "orders is dropped", Fails: true)).Saying("says no version").Cured(Deploy(Cure)),
        Allowed("an ordinary migration", "ALTER TABLE orders ADD COLUMN tier int"),
        AllowedOperations("without a Down", new DownlessMigration(true)),
        AllowedOperations("without a test", new UntestedMigration(Fails: true)),
    ];
}
