using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class RenameSchemaRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("with a table", Severity.Dangerous, "ALTER SCHEMA shop RENAME TO store").After("CREATE SCHEMA shop; CREATE TABLE shop.carts (id bigint PRIMARY KEY)").Saying("the running release queries shop.carts and fails").Cured(LeftOut),
        Flagged("of which nothing is known", Severity.Dangerous, "ALTER SCHEMA shop RENAME TO store").After("CREATE SCHEMA shop; CREATE VIEW shop.v AS SELECT 1 AS one").Cured(LeftOut),
        Flagged("a quoted name", Severity.Dangerous, """ALTER SCHEMA "Shop" RENAME TO store""").After("""CREATE SCHEMA "Shop"; CREATE TABLE "Shop".carts (id bigint PRIMARY KEY)""").Cured(LeftOut),
        Allowed("the schema is new", "CREATE SCHEMA shop; ALTER SCHEMA shop RENAME TO store"),
        Allowed("another one beside it", "CREATE SCHEMA store").After("CREATE SCHEMA shop"),
        Allowed("it gets another owner", "ALTER SCHEMA shop OWNER TO postgres").After("CREATE SCHEMA shop"),
    ];
}
