using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>A model that says unique is believed until somebody finds the same value twice.</summary>
public class ModelsRunAhead
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(3, true)]
    public void Until_the_rows_say_otherwise(long found, bool speaks)
    {
        var @case = RuleCase.Allowed("", "CREATE UNIQUE INDEX CONCURRENTLY ux ON orders (code)").Outside().After("CREATE UNIQUE INDEX ux ON orders (code)")
            .Asked(ProbeKind.Duplicates, "code", found, looked: 900);
        @case.Findings().Any(each => each.Finding.Rule == Rule.IdOf(typeof(UniqueDataDependentRule))).ShouldBe(speaks);
    }

    [Fact]
    public void But_what_the_same_deployment_sets_aside_is_mapped_still() =>
        RuleCase.Allowed("", "ALTER TABLE logs RENAME TO logs_dropped", "DROP TABLE logs_dropped").Findings()
            .ShouldContain(found => found.Finding.Rule == "drop-table" && found.Finding.Severity == Severity.Dangerous);

    /// <summary>Nothing is known of what a release maps where no model was read.</summary>
    [Theory]
    [InlineData("DROP TABLE orders")]
    [InlineData("ALTER TABLE orders DROP COLUMN note")]
    [InlineData("ALTER TABLE orders RENAME TO sales")]
    [InlineData("ALTER TABLE orders RENAME COLUMN note TO note_dropped")]
    public void Without_a_model_nothing_counts_as_unmapped(string sql)
    {
        var set = RuleCaseRun.Set([(sql, true)], RuleCase.Postgres, DatabaseModel.Empty);
        RuleBook.Judge(set, RuleCaseRun.Engine(RuleCase.Postgres), FactSheet.Unknown).ShouldContain(finding => finding.Severity == Severity.Dangerous);
    }
}
