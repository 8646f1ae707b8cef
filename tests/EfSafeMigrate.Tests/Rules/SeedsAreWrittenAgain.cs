using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Tests.Rules;

public class SeedsAreWrittenAgain
{
    private const string Rule = "seeding-churn";

    [Theory]
    [InlineData("stamp", "id = 1", true)]
    [InlineData("stamp", "id = 2", false)]
    [InlineData("email", "id = 1", false)]
    public void Where_two_migrations_of_the_set_write_the_same(string column, string key, bool churns)
    {
        var found = Judge(Update("1_First", "stamp", "id = 1"), Update("2_Second", column, key));
        found.Count.ShouldBe(churns ? 1 : 0);
        if (churns)
        {
            found[0].Message.ShouldStartWith("Second writes stamp of customers where id = 1 again, as First did");
            found[0].Severity.ShouldBe(Severity.Careful);
        }
    }

    [Fact]
    public void But_not_where_one_migration_writes_several_rows() =>
        Judge(new MigrationChanges("1_First", RuleCaseRun.Source(RuleCase.Allowed("")), [Row("stamp", "id = 1"), Row("stamp", "id = 1")])).ShouldBeEmpty();

    private static IReadOnlyList<Finding> Judge(params IReadOnlyList<MigrationChanges> migrations) =>
        [.. RuleBook.Judge(new(migrations), RuleCaseRun.Engine(RuleCase.Postgres), RuleCaseRun.Facts(RuleCase.Allowed(""))).Where(finding => finding.Rule == Rule)];

    private static MigrationChanges Update(string id, string column, string key) =>
        new(id, RuleCaseRun.Source(RuleCase.Allowed("")), [Row(column, key)]);

    private static UpdateData Row(string column, string key) => new(Shop.Customers, [column], 1) { Keys = [key] };
}
