using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class UntestedMigrationRuleCases
{
    private const string Cure = "ALTER TABLE orders ADD COLUMN tier int";

    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("warned of", Severity.Careful, new UntestedMigration(Fails: false)).Saying("No test names").Cured(Deploy(Cure)),
        FlaggedOperations("that fails", Severity.Dangerous, new UntestedMigration(Fails: true)).Saying("seen for the first time in use").Cured(Deploy(Cure)),
        FlaggedOperations("with a column", Severity.Dangerous, new AddColumn(new(null, "orders"), new Column("tier", "int", true)), new UntestedMigration(Fails: true)).Saying("No test names").Cured(Deploy(Cure)),
        Allowed("an ordinary migration", "ALTER TABLE orders ADD COLUMN tier int"),
        AllowedOperations("without a Down", new DownlessMigration(true)),
        AllowedOperations("an API without a version", new UnversionedApi("GET /orders", new(null, "orders"), "note", "orders.note is dropped", Fails: true)),
    ];
}
