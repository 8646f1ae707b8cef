using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class MysqlEnumStorageRuleCases
{
    private static readonly string Bills = $"CREATE TABLE bills (id bigint PRIMARY KEY, n enum({Values(255)}));";

    private static string Values(int count) => string.Join(",", Enumerable.Range(1, count).Select(at => $"'v{at}'"));

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("the 256th value", Severity.Dangerous, $"ALTER TABLE bills MODIFY n enum({Values(256)})").On(MySql).After(Bills).Saying("bills.n has 256 values now, which take 2 bytes in a row").Cured(LeftOut),
        Flagged("on the other engine", Severity.Dangerous, $"ALTER TABLE `bills` MODIFY COLUMN `n` ENUM({Values(256)}) NULL").On(MariaDb).After(Bills).Saying("stops every INSERT, UPDATE and DELETE on bills").Cured(LeftOut),
        Flagged("a copy that lets writers through", Severity.Careful, $"ALTER TABLE bills MODIFY n enum({Values(300)})").On(MariaDb).AtVersion("11.4").After(Bills).Saying("is written anew while traffic goes on").Cured(LeftOut),
        Allowed("more of the same size", $"ALTER TABLE bills MODIFY n enum({Values(255)})").On(MySql).After($"CREATE TABLE bills (id bigint PRIMARY KEY, n enum({Values(254)}));"),
        Allowed("two bytes already", $"ALTER TABLE bills MODIFY n enum({Values(301)})").On(MySql).After($"CREATE TABLE bills (id bigint PRIMARY KEY, n enum({Values(300)}));"),
        Allowed("the table is new", $"{Bills} ALTER TABLE bills MODIFY n enum({Values(256)})").On(MySql),
    ];
}
