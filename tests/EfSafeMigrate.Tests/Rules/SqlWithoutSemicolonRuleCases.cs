using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class SqlWithoutSemicolonRuleCases
{
    private const string Update = "UPDATE orders SET note = 'x' WHERE id = 1";
    private const string History = "INSERT INTO \"__EFMigrationsHistory\" (\"MigrationId\", \"ProductVersion\") VALUES ('20260101000000_A', '10.0.0')";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("SQL of a migration", Severity.Careful, Update).AsWritten().Saying("ends without a semicolon").Cured(Deploy(Update)),
        Flagged("only its last statement", Severity.Careful, $"{Update};\n{Update} -- done").AsWritten().Cured(Deploy(Update)),
        Flagged("on SQLite", Severity.Careful, Update).On(Sqlite).AsWritten().Cured(Deploy(Update)),
        Flagged("a script that EF made of it", Severity.Dangerous, $"{Update}\n{History};").AsScript().Saying("no semicolon stands before INSERT INTO").Cured(Deploy(Update)),
        Flagged("in a block", Severity.Dangerous, $"DO $EF$ BEGIN IF NOT EXISTS(SELECT 1) THEN\n{Update}\nEND IF; END $EF$;").AsScript().Saying("no semicolon stands before END IF").Cured(Deploy(Update)),
        Allowed("a semicolon", $"{Update};").AsWritten(),
        Allowed("a comment behind the semicolon", $"{Update}; -- done").AsWritten(),
        Allowed("a script of its own", Update).AsWritten().AsScript(),
        Allowed("rows from a query", "INSERT INTO logs (id) SELECT id FROM orders WHERE id = 1;").AsWritten(),
        Allowed("a common table expression", "WITH x AS (SELECT 1 AS id) INSERT INTO logs (id) SELECT id FROM x;").AsWritten(),
    ];
}
