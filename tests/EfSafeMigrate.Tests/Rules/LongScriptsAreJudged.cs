using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Tests.Sql;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>A rule may look at every other change once; what looks at every pair for each of them takes minutes over a few hundred statements.</summary>
public class LongScriptsAreJudged
{
    private const int Statements = 150;
    private const double OfTwiceAsMany = 5;

    private static readonly string[] Repeated =
    [
        "ALTER TABLE orders RENAME COLUMN old_name_{0} TO fresh_name_{0};", "ALTER TABLE orders ADD COLUMN c{0} int;", "CREATE TABLE t{0} (id int PRIMARY KEY);", "DROP TABLE t{0};",
        "CREATE INDEX ix{0} ON orders (note);", "UPDATE orders SET note = 'x' WHERE id = {0};", "CREATE VIEW v{0} AS SELECT * FROM orders;", "INSERT INTO orders (id) VALUES ({0});",
        "ALTER TABLE orders DROP COLUMN c{0};", "ALTER TABLE orders ADD CONSTRAINT f{0} FOREIGN KEY (customer_id) REFERENCES customers (id);", "unread {0};",
    ];

    public static TheoryData<string> Engines => [.. SqlCorpus.Engines];

    [Theory, MemberData(nameof(Engines))]
    public void In_a_time_that_people_wait(string engine)
    {
        foreach (var statement in Repeated)
        {
            Allocated(engine, statement, 10);
            ((double)Allocated(engine, statement, 2 * Statements) / Allocated(engine, statement, Statements)).ShouldBeLessThan(OfTwiceAsMany, statement);
        }
    }

    /// <summary>Bytes, which unlike time are the same on every machine.</summary>
    private static long Allocated(string engine, string statement, int times)
    {
        var model = SqlCorpus.Model(engine);
        var sql = string.Join('\n', Enumerable.Range(0, times).Select(n => string.Format(CultureInfo.InvariantCulture, statement, n)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var script = new MigrationChanges("20260101000000_Long", model, StatementReader.Read(sql, SqlDialect.Of(engine), model)) { IsScript = true };
        RuleBook.Judge(new([script]), RuleCaseRun.Engine(engine), new(Measured<EfSafeMigrate.Engines.EngineVersion>.Unknown), advice: true).ShouldNotBeNull();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
