using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Tests.Rules;

public class NewTablesAreExempt
{
    private const string Index = "CREATE INDEX ix ON invoices (n)";

    [Theory]
    [InlineData("CREATE TABLE invoices (id bigint PRIMARY KEY, n text)", true)]
    [InlineData("CREATE TABLE bills (id bigint PRIMARY KEY, n text); ALTER TABLE bills RENAME TO invoices", true)]
    [InlineData("CREATE TABLE IF NOT EXISTS invoices (id bigint PRIMARY KEY, n text)", true)]
    [InlineData("CREATE TABLE IF NOT EXISTS customers (id bigint); ALTER TABLE customers RENAME TO invoices; ALTER TABLE invoices ADD COLUMN n text", false)]
    [InlineData("CREATE TABLE invoices (id bigint PRIMARY KEY); DROP TABLE invoices; ALTER TABLE customers RENAME TO invoices; ALTER TABLE invoices ADD COLUMN n text", false)]
    public void As_long_as_they_are(string before, bool exempt)
    {
        var set = RuleCaseRun.Set(RuleCase.Allowed("", before, Index));
        set.Migrations.SelectMany(migration => migration.Changes).OfType<OpaqueSql>().ShouldBeEmpty();
        var findings = RuleBook.Judge(set, RuleCaseRun.Engine(RuleCase.Postgres), RuleCaseRun.Facts(RuleCase.Allowed("")));
        findings.Any(finding => finding.Rule == "create-index-blocking").ShouldBe(!exempt);
    }

    [Fact]
    public void In_whatever_schema_the_change_names_them()
    {
        var set = RuleCaseRun.Set(RuleCase.Allowed("", "CREATE TABLE public.invoices (id bigint PRIMARY KEY, n text)", Index));
        RuleBook.Judge(set, RuleCaseRun.Engine(RuleCase.Postgres), RuleCaseRun.Facts(RuleCase.Allowed(""))).ShouldBeEmpty();
    }
}
