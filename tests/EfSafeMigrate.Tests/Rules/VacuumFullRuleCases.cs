using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class VacuumFullRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a table", Severity.Dangerous, "VACUUM FULL orders").Outside().Saying("VACUUM FULL of orders").Cured(Deploy(Outside("VACUUM orders"))),
        Flagged("as an option", Severity.Dangerous, "VACUUM (FULL, ANALYZE) orders").Outside().WithRows(4_812_330).Cured(Deploy(Outside("VACUUM orders"))),
        Flagged("a small table", Severity.Careful, "VACUUM FULL orders").Outside().WithRows(900).Cured(Deploy(Outside("VACUUM orders"))),
        Allowed("plain", "VACUUM orders").Outside(),
        Allowed("the option is off", "VACUUM (FULL false) orders").Outside(),
        Allowed("a transaction refuses it", "VACUUM FULL orders"),
    ];
}
