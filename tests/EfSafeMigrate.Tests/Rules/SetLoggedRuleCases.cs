using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class SetLoggedRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("it stops being logged", Severity.Dangerous, "ALTER TABLE orders SET UNLOGGED").Saying("after a crash the table is empty").Cured(Deploy("ALTER TABLE orders SET UNLOGGED").WithoutTraffic()),
        Flagged("it is logged again", Severity.Dangerous, "ALTER TABLE orders SET LOGGED").After("ALTER TABLE orders SET UNLOGGED").Cured(Deploy("ALTER TABLE orders SET LOGGED").WithoutTraffic()),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders SET UNLOGGED").WithRows(900).Cured(Deploy("ALTER TABLE orders SET UNLOGGED").WithoutTraffic()),
        Allowed("the table is new", "CREATE TABLE t (a int); ALTER TABLE t SET UNLOGGED"),
        Allowed("a storage parameter", "ALTER TABLE orders SET (fillfactor = 70)"),
        Allowed("the access method it has", "ALTER TABLE orders SET ACCESS METHOD heap").AtVersion("15"),
    ];
}
