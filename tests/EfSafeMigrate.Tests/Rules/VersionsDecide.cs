namespace EfSafeMigrate.Tests.Rules;

public class VersionsDecide
{
    [Theory]
    [InlineData("17", true)]
    [InlineData("18", false)]
    public void Whether_a_partitioned_table_takes_NOT_VALID(string version, bool refused)
    {
        var @case = RuleCase.Allowed("", "ALTER TABLE events ADD CONSTRAINT fk FOREIGN KEY (id) REFERENCES customers (id) NOT VALID")
            .After("CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at)").AtVersion(version);
        @case.Findings().Any(found => found.Finding.Rule == "not-valid-unsupported-partitioned").ShouldBe(refused);
    }
}
