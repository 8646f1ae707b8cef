using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DropSchemaRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("with its tables", Severity.Dangerous, "DROP SCHEMA old CASCADE").After("CREATE SCHEMA old; CREATE TABLE old.bills (id bigint PRIMARY KEY)")
            .Saying("Schema old is dropped with old.bills")
            .Cured([.. Retired("old.bills"), Deploy("DROP SCHEMA old")]),
        Flagged("nobody knows what is in it", Severity.Dangerous, "DROP SCHEMA old CASCADE").After("CREATE SCHEMA old").Saying("with everything in it")
            .Cured(Deploy("DROP SCHEMA old")),
        Flagged("with a view", Severity.Dangerous, "DROP SCHEMA old CASCADE").After("CREATE SCHEMA old; CREATE VIEW old.codes AS SELECT code FROM orders").Saying("with old.codes")
            .Cured(new CuredForm([Deploy("DROP VIEW old.codes; DROP SCHEMA old")]).Leaving("drop-view")),
        Allowed("without CASCADE, where the model has nothing in it", "DROP SCHEMA old").After("CREATE SCHEMA old"),
        Allowed("a schema is created", "CREATE SCHEMA fresh"),
        Allowed("the schema is new", "CREATE SCHEMA fresh; DROP SCHEMA fresh"),
        Allowed("a table moves to it", "ALTER TABLE logs SET SCHEMA old").After("CREATE SCHEMA old"),
    ];
}
