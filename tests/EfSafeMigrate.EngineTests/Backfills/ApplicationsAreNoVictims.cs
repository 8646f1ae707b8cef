extern alias MySqlData;

using System.Globalization;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>InnoDB looks for a deadlock at once and rolls back whoever changed less: a batch does not wait while it holds rows.</summary>
public sealed class ApplicationsAreNoVictims(MariaDbDatabase database) : IClassFixture<MariaDbDatabase>
{
    [Fact]
    public async Task Rows_that_somebody_holds_are_written_last()
    {
        await database.ExecuteAsync("CREATE TABLE h (id int PRIMARY KEY, old varchar(20), fresh varchar(20))");
        await database.ExecuteAsync("INSERT INTO h SELECT seq, CONCAT('v', seq), NULL FROM seq_1_to_3000");
        await using var application = await database.OpenAsync();
        await application.RunAsync("BEGIN");
        await application.RunAsync("UPDATE h SET old = 'mine' WHERE id = 900");
        await using var filling = new Filling(database);
        var running = filling.RunAsync(Filling.Spec("h", "id", "fresh", "old"), new() { BatchSize = 1000 });
        while (int.Parse((await database.QueryAsync("SELECT count(fresh) FROM h", [], 10, default)).Rows[0][0]!, CultureInfo.InvariantCulture) < 899)
        {
            running.IsCompleted.ShouldBeFalse();
            await Task.Delay(5);
        }
        // The batch has written this row; whoever waited for the other now would close the circle.
        var error = await application.ErrorAsync("UPDATE h SET old = 'mine too' WHERE id = 100");
        await application.RunAsync("COMMIT");
        (await running).Walked.ShouldBe(3000);
        error.ShouldBeNull();
        (await application.ListAsync("SELECT fresh FROM h WHERE id = 900")).ShouldBe(["mine"]);
        (await application.ListAsync("SELECT count(*) FROM h WHERE fresh IS NULL")).ShouldBe(["0"]);
        filling.News.OfType<BackfillProgress>().Last().LockWaits.ShouldBe(1);
    }

    [Fact]
    public async Task A_batch_reads_a_range_of_the_key_only()
    {
        await database.ExecuteAsync("CREATE TABLE keyed (a int, b varchar(20), old int, fresh int, PRIMARY KEY (a, b)); INSERT INTO keyed SELECT seq % 50, CONCAT('k', seq), seq, NULL FROM seq_1_to_20000; ANALYZE TABLE keyed");
        await using var driver = await database.OpenDriverAsync();
        var spec = Filling.Spec("keyed", "a,b", "fresh", "old");
        var walk = await BackfillWalk.FindAsync(driver.Connection, database.Engine, spec, default);
        var forms = database.Engine.Backfill;
        var range = new Engines.KeyRange(["3", "k1003"], ["4", "k5"]);
        foreach (var (sql, parameters) in new[] { forms.Write(walk, range), forms.WriteFree!(walk, range) }.Select(write => (write.Sql, write.Parameters))
            .Append((forms.Nth(walk, range, 100).Sql, forms.Nth(walk, range, 100).Parameters)))
        {
            var plan = await driver.Connection.QueryAsync($"EXPLAIN {sql[Math.Max(0, sql.IndexOf("UPDATE `", StringComparison.Ordinal))..]}", parameters, 10, default);
            var (type, rows, extra) = (plan.Columns.ToList().IndexOf("type"), plan.Columns.ToList().IndexOf("rows"), plan.Columns.ToList().IndexOf("Extra"));
            plan.Rows.ShouldContain(row => row[type] == "range", sql);
            plan.Rows.ShouldAllBe(row => int.Parse(row[rows]!, CultureInfo.InvariantCulture) < 2000, sql);
            plan.Rows.ShouldAllBe(row => !row[extra]!.Contains("filesort", StringComparison.Ordinal), sql);
        }
    }

    [Fact]
    public async Task A_table_without_a_key_is_refused()
    {
        await database.ExecuteAsync("CREATE TABLE keyless (old int, fresh int)");
        await using var driver = await database.OpenDriverAsync();
        var refusal = await Should.ThrowAsync<SafeMigrateException>(() => BackfillWalk.FindAsync(driver.Connection, database.Engine, Filling.Spec("keyless", "", "fresh", "old"), default));
        refusal.Message.ShouldContain("has no key to go by");
    }
}
