using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;

namespace EfSafeMigrate.Tests.Rules;

internal static class DropSchemaRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("with its tables", Severity.Dangerous, "DROP SCHEMA old CASCADE").After("CREATE SCHEMA old; CREATE TABLE old.bills (id bigint PRIMARY KEY)")
            .Saying("Schema old is dropped with old.bills"),
        Flagged("nobody knows what is in it", Severity.Dangerous, "DROP SCHEMA old CASCADE").After("CREATE SCHEMA old").Saying("with everything in it"),
        Flagged("without CASCADE", Severity.Dangerous, "DROP SCHEMA old").After("CREATE SCHEMA old"),
        Allowed("a schema is created", "CREATE SCHEMA fresh"),
        Allowed("the schema is new", "CREATE SCHEMA fresh; DROP SCHEMA fresh"),
        Allowed("a table moves to it", "ALTER TABLE logs SET SCHEMA old").After("CREATE SCHEMA old"),
    ];
}
