using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>The migrations of a script run one behind the other in one session, whatever each is judged with.</summary>
public class AScriptIsOneSession
{
    private const string First = """
        START TRANSACTION;
        ALTER TABLE orders ADD COLUMN memo text;
        INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('20260101000000_A', '10.0.14');
        COMMIT;

        """;

    private const string Second = """
        START TRANSACTION;
        ALTER TABLE customers ADD COLUMN memo text;
        INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('20260102000000_B', '10.0.14');

        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhatItDoesNotSetIsSaidOnce(bool together) =>
        Findings(First + Second + "COMMIT;", together).ShouldBe(["20260101000000_A missing-lock-timeout"]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhatItSetsHoldsForTheNextMigration(bool together)
    {
        Findings("SET lock_timeout = '5s';\n" + First + Second + "COMMIT;", together).ShouldBeEmpty();
        Findings("SET lock_timeout = '5s';\n" + First + "RESET lock_timeout;\n" + Second + "COMMIT;", together).ShouldBe(["20260102000000_B missing-lock-timeout"]);
    }

    [Fact]
    public void OnlyTheLastTransactionCanBeLeftOpen() =>
        Findings("SET lock_timeout = '5s';\n" + First + Second, together: true).ShouldBe(["20260102000000_B uncommitted-transaction"]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OneTransactionMayHoldAllMigrations(bool together) =>
        Findings("SET lock_timeout = '5s';\n" + First.Replace("COMMIT;", "", StringComparison.Ordinal) + Second.Replace("START TRANSACTION;", "", StringComparison.Ordinal) + "COMMIT;", together).ShouldBeEmpty();

    private static string[] Findings(string sql, bool together)
    {
        var engine = EngineBook.All.Single(each => each.Id == RuleCase.Postgres);
        var script = new ScriptReader("a.sql", SqlDialect.Postgres, ScriptTransaction.Explicit).Read(sql, RuleCaseRun.Source(new("", null)));
        return [.. Review.Judge(script.Changes, together, engine, FactSheet.Unknown).SelectMany(each => each.Findings, (each, finding) => $"{each.Migration.Id} {finding.Rule}")];
    }
}
