using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DropDatabaseRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("by name", Severity.Dangerous, "DROP DATABASE shopdb").Outside().Saying("The database shopdb is dropped with everything in it").Cured(LeftOut) with { Runs = false },
        Flagged("if it exists", Severity.Dangerous, "DROP DATABASE IF EXISTS shopdb").Outside().Cured(LeftOut) with { Runs = false },
        Flagged("another engine", Severity.Dangerous, "DROP DATABASE shopdb").On("mysql").Cured(LeftOut),
        Allowed("an extension", "DROP EXTENSION citext").After("CREATE EXTENSION citext"),
        Allowed("a table", "DROP TABLE logs"),
        Allowed("a database is detached", "DETACH DATABASE other").On(Sqlite).Outside() with { Setup = "ATTACH DATABASE ':memory:' AS other" },
    ];
}
