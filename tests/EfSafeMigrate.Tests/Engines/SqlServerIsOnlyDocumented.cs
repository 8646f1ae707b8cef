using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.Tests.Engines;

public class SqlServerIsOnlyDocumented
{
    [Fact]
    public void Every_statement_of_its_page_is_read_and_modelled()
    {
        foreach (var (sql, changes) in DocumentedPage.Statements)
        {
            changes.ShouldNotContain(change => change is OpaqueSql, sql);
            DocumentedPage.SqlServer.ImpactOf(changes[^1], new(DocumentedPage.SqlServer.Assumed, DatabaseModel.Empty)).ShouldNotBeNull(sql);
        }
    }

    [Fact]
    public void No_finding_claims_a_measurement()
    {
        var model = RuleCaseRun.Source(RuleCase.Allowed("").OnSqlServer());
        var set = new ChangeSet([.. DocumentedPage.Statements.Select((each, at) => new MigrationChanges($"2026010100{at:0000}_Case", model, each.Changes))]);
        var findings = RuleBook.Judge(set, DocumentedPage.SqlServer, FactSheet.Unknown, advice: true);
        findings.Count.ShouldBeGreaterThan(20);
        findings.ShouldAllBe(finding => !finding.Evidence.Contains("measured on", StringComparison.Ordinal) && !finding.Evidence.Contains("not measured", StringComparison.Ordinal));
        findings.Where(finding => finding.Evidence.Contains("documented", StringComparison.Ordinal)).ShouldAllBe(finding => finding.Evidence.Contains("https://learn.microsoft.com/sql/", StringComparison.Ordinal));
    }
}
