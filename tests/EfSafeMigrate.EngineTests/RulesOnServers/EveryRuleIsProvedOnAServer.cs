using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

public class EveryRuleIsProvedOnAServer
{
    /// <summary>What one run of a case on one of these servers does not show, by the reason.</summary>
    internal static readonly HashSet<string> NotSeen =
    [
        // A script's session, and how it ends.
        "missing-lock-timeout", "lock-timeout-disabled", "lock-timeout-too-long", "lock-timeout-after-ddl", "missing-statement-timeout",
        "missing-idle-in-transaction-timeout", "missing-application-name", "transaction-timeout", "transaction-nesting", "uncommitted-transaction",
        // Servers that are not here.
        "index-corruption-pg14", "hash-index", "add-column-default-rewrite", "enum-add-value-in-transaction",
        // What shows at the next attempt, at the next deployment or to another role.
        "index-invalid-leftover", "prefer-robust-ddl", "irreversible-migration", "seeding-churn", "enable-rls",
        // Others' waits that the lock and the work show already, each of its own.
        "multiple-foreign-keys", "multi-statement-access-exclusive", "backfill-same-transaction", "bulk-insert-select", "replace-index-order", "detach-partition",
        // What a transaction cannot hold open for anybody to look.
        "vacuum-full", "not-allowed-in-transaction",
        // Rows that somebody has to have written.
        "data-dependent-failure",
        // What no test does to the server it runs on.
        "drop-database",
        // How a migration is written is nothing that a server shows.
        "agreed-names", "bad-waiver", "data-migration-uses-live-model", "migration-without-attribute", "nondescript-migration-name", "sql-without-semicolon", "unused-suppression",
        // Advice.
        "index-too-many-columns", "fk-missing-index", "validate-long-scan",
    ];

    /// <summary>What git and the sources tell of a migration's files is nothing that a server shows.</summary>
    private static bool IsOfFiles(Rule rule) => RuleCaseRun.Of(rule).Where(@case => @case.Expected is not null).All(@case => @case.Operations.OfType<HistoryChange>().Any());

    public static TheoryData<string> Ids => [.. RuleBook.Rules.Where(rule => !rule.OnRequest && !NotSeen.Contains(rule.Id) && !IsOfFiles(rule)).Select(rule => rule.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void By_a_flagged_and_an_allowed_case(string id)
    {
        // The other engines do not stand here: what is said of them is measured elsewhere, or documented only.
        var cases = RuleCaseRun.Of(RuleBook.Rules.Single(rule => rule.Id == id)).Where(@case => @case.Engine is RuleCase.Postgres or RuleCase.Sqlite).ToList();
        var proved = cases.Where(@case => @case.Engine == RuleCase.Postgres
            ? Claims.All.ContainsKey(id) || id == MigrationsAreHalfApplied.Rule
            : RulesHoldOnSqlite.Claims.ContainsKey(id)).ToList();
        var spoken = cases.Where(@case => @case.Expected is not null).ToList();
        if (spoken.Count > 0)
        {
            proved.ShouldContain(@case => @case.Expected != null);
            proved.ShouldContain(@case => @case.Expected == null);
        }
        // Where a rule speaks on an engine, something is seen on that engine.
        spoken.ShouldBeSubsetOf(proved);
    }

    [Fact]
    public void And_nothing_is_proved_for_no_rule() =>
        Claims.All.Keys.Concat(RulesHoldOnSqlite.Claims.Keys).Concat(NotSeen).ShouldBeSubsetOf(RuleBook.Rules.Select(rule => rule.Id));
}
