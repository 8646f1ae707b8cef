using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.Tests.Engines;

/// <summary>Actions of one statement, and what stands against them; as MariaDB 10.11 took them.</summary>
public class MySqlActions
{
    private const string Keyed = "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id);";

    [Theory]
    [InlineData("ALTER TABLE orders ADD memo int NULL, MODIFY qty bigint NOT NULL DEFAULT 0", false, true)]
    [InlineData("ALTER TABLE orders MODIFY qty bigint NOT NULL DEFAULT 0, ADD memo int NULL", true, false)]
    [InlineData("ALTER TABLE orders ADD INDEX a (note), ADD INDEX b (label)", true, true)]
    [InlineData("ALTER TABLE orders ADD memo int NULL, ADD INDEX a (note)", true, false)]
    [InlineData("ALTER TABLE orders ADD memo int NULL, ADD more int NULL, ALGORITHM=COPY", true, false)]
    public void The_one_that_costs_is_the_one_that_answers(string sql, bool first, bool second)
    {
        var impacts = Impacts(sql);
        impacts.Select(impact => impact.Alone is null).ShouldBe([first, second]);
        impacts.Select(impact => impact.Work).Distinct().ShouldHaveSingleItem();
        impacts.Where(impact => impact.Alone is not null).ShouldAllBe(impact => impact.Alone!.Blocks == Blocks.Nothing);
    }

    [Theory]
    [InlineData("ALTER TABLE orders PARTITION BY HASH (id) PARTITIONS 4", "a table of a foreign key is not partitioned")]
    [InlineData("ALTER TABLE customers PARTITION BY HASH (id) PARTITIONS 4", "a table of a foreign key is not partitioned")]
    [InlineData("ALTER TABLE orders ENGINE=MyISAM", "which MyISAM does not keep")]
    [InlineData("ALTER TABLE orders MODIFY customer_id int NULL", "its type cannot change while the key is there")]
    [InlineData("ALTER TABLE customers MODIFY id int NOT NULL AUTO_INCREMENT", "its type cannot change while the key is there")]
    public void A_foreign_key_stands_against_it(string sql, string why)
    {
        Impacts(sql, Keyed)[0].Refused.ShouldNotBeNull().ShouldContain(why);
        Impacts(sql)[0].Refused.ShouldBeNull();
    }

    [Theory]
    [InlineData(33, 40)]
    [InlineData(40, 41)]
    [InlineData(1, 8)]
    public void Values_of_a_SET_that_take_the_same_bytes_cost_nothing(int before, int after) =>
        Impacts($"ALTER TABLE sets MODIFY s set({Values(after)})", $"CREATE TABLE sets (id int PRIMARY KEY, s set({Values(before)}));")[0].Work.ShouldBe(Work.Metadata);

    private static string Values(int count) => string.Join(", ", Enumerable.Range(1, count).Select(at => $"'v{at}'"));

    private static IReadOnlyList<Impact> Impacts(string sql, string setup = "")
    {
        var engine = RuleCaseRun.Engine(RuleCase.MariaDb);
        var model = RuleCaseRun.Source(RuleCase.Allowed("") with { Engine = engine.Id, Setup = setup });
        return [.. StatementReader.Read(sql, SqlDialect.MariaDb, model).Select(change => engine.ImpactOf(change, new(engine.Assumed, model)).ShouldNotBeNull())];
    }
}
