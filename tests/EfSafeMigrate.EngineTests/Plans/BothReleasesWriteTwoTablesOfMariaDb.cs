extern alias MySqlData;

using System.Globalization;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using MySqlData::MySql.Data.MySqlClient;
using Xunit.Abstractions;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>A column moves to another table of MariaDB: one release writes it here, the other there, at the same time.</summary>
public class BothReleasesWriteTwoTablesOfMariaDb(ITestOutputHelper output)
{
    private const int Writers = 4;
    private const int Rows = 100;

    /// <summary>One row in which the writers meet, and the rest of them each for itself, so that the last write of each is known.</summary>
    private const int Common = 7;

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(Sampled.Full ? 10 : 2);

    public static TheoryData<string> Moves => [.. MovedColumn.All.Select(move => move.Name).Where(name => MariaDbMoveCases.All.Any(each => each.Name == name))];

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task Nothing_is_lost_among_writers_of_both(string name)
    {
        var move = MovedColumn.Named(name);
        var (plan, database) = await SharedAsync(name);
        await using var _ = database;
        var until = DateTime.UtcNow + Long;
        var written = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(database, move, writer, until))));
        output.WriteLine($"{name}: {written.Sum(each => each.Written)} transactions, {written.Sum(each => each.Deadlocks)} deadlocks");
        written.Sum(each => each.Written).ShouldBeGreaterThan(100);
        (await database.TextAsync(Quoted(move.Differences))).ShouldBe("");
        foreach (var (id, value) in written.SelectMany(each => each.Journal))
        {
            var held = await database.TextAsync(Quoted($"SELECT value FROM (SELECT 0 AS id, '' AS value UNION ALL {move.Held ?? move.Values.New}) AS held WHERE id = {id} AND id > 0"));
            (held.Length == 0 && value == "NULL" ? value : $"'{held.Replace("'", "''", StringComparison.Ordinal)}'").ShouldBe(value, $"{id}");
        }
        var contract = plan.Migrations.Single(migration => migration.Kind == PhaseKind.Contract);
        foreach (var spec in contract.Gates.SelectMany(gate => gate.Filled))
        {
            (await database.TextAsync($"SELECT count(*) FROM `{spec.Table}` WHERE {MariaDbPlanCases.Named(name).On.Phases!.Unfilled(spec)}")).ShouldBe("0");
        }
        var values = await database.TextAsync(Quoted($"SELECT * FROM ({move.Values.New}) AS held ORDER BY 1"));
        await database.RunAsync(contract.Up);
        (await database.TextAsync(Quoted($"SELECT * FROM ({move.Values.New}) AS held ORDER BY 1"))).ShouldBe(values);
        await database.RunAsync(contract.Down);
        (await database.TextAsync(Quoted(move.Differences))).ShouldBe("");
        await database.RunAsync(Quoted(Form(move.Old.Update, 50, move.Some[^1])));
        (await database.TextAsync(Quoted(move.Differences))).ShouldBe("");
    }

    [Theory]
    [InlineData("DELETE FROM `Profiles` WHERE `CustomerId` = 1", "1 |  | NULL | NULL | NULL")]
    [InlineData("DELETE FROM `Profiles` WHERE `CustomerId` = 1; INSERT INTO `Profiles` (`CustomerId`, `Email`, `Phone`) VALUES (1, 'again', '7')", "1 | again | 7 | again | 7")]
    [InlineData("DELETE FROM `Profiles` WHERE `CustomerId` = 1; UPDATE `Customers` SET `Email` = 'back' WHERE `Id` = 1", "1 | back | NULL | back | NULL")]
    [InlineData("DELETE FROM `Profiles` WHERE `CustomerId` = 1; UPDATE `Customers` SET `Email` = `Email` WHERE `Id` = 1", "1 |  | NULL | NULL | NULL")]
    [InlineData("INSERT INTO `Customers` (`Id`) VALUES (3001); UPDATE `Profiles` SET `CustomerId` = 3001 WHERE `CustomerId` = 1", "1 |  | NULL | NULL | NULL\n3001 | mail 1 | call 1 | mail 1 | call 1")]
    [InlineData("DELETE FROM `Customers` WHERE `Id` = 1; INSERT INTO `Customers` (`Id`, `Email`) VALUES (1, '')", "1 |  | NULL |  | NULL")]
    [InlineData("DELETE FROM `Customers` WHERE `Id` = 1; INSERT INTO `Customers` (`Id`) VALUES (1)", "1 |  | NULL | NULL | NULL")]
    [InlineData("DELETE FROM `Customers` WHERE `Id` = 1", "")]
    public async Task Linked_rows_change(string writes, string expected)
    {
        var (_, database) = await SharedAsync("move columns to a table that is made for them");
        await using var _ = database;
        await database.RunAsync(writes);
        (await database.TextAsync("""
            SELECT c.`Id`, c.`Email`, c.`Phone`, p.`Email`, p.`Phone` FROM `Customers` c LEFT JOIN `Profiles` p ON p.`CustomerId` = c.`Id` WHERE c.`Id` IN (1, 3001) ORDER BY 1
            """)).ShouldBe(expected);
    }

    [Fact]
    public async Task A_statement_that_fails_leaves_nothing_behind_in_the_session()
    {
        var (_, database) = await SharedAsync("move columns to a table that is made for them");
        await using var _ = database;
        await using var connection = await database.OpenAsync();
        await using var holder = await database.OpenAsync();
        await holder.RunAsync("START TRANSACTION; SELECT * FROM `Profiles` WHERE `CustomerId` = 1 FOR UPDATE;");
        (await connection.ErrorAsync("SET SESSION innodb_lock_wait_timeout = 1; UPDATE `Customers` SET `Email` = 'x' WHERE `Id` = 1")).ShouldBe(1205);
        await holder.RunAsync("ROLLBACK");
        await connection.RunAsync("UPDATE `Customers` SET `Email` = 'y' WHERE `Id` = 1; UPDATE `Profiles` SET `Email` = 'z' WHERE `CustomerId` = 2;");
        (await connection.ListAsync("SELECT CONCAT(c.`Email`, p.`Email`) FROM `Customers` c JOIN `Profiles` p ON p.`CustomerId` = c.`Id` WHERE c.`Id` < 3 ORDER BY c.`Id`")).ShouldBe(["yy", "zz"]);
    }

    [Fact]
    public async Task Values_without_a_place_are_listed_before_anything_is_written()
    {
        var planCase = MariaDbPlanCases.Named("move a required column to a table that refers to its own");
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows + "DELETE FROM `Cards` WHERE `CustomerId` IN (7, 8);");
        var schema = await database.SchemaAsync();
        (await Should.ThrowAsync<InvalidOperationException>(database.RunAsync(planCase.Plan().Migrations[0].Up))).Message.ShouldContain("2 row(s) of Customers have Email and no row in Cards to take it: 7, 8");
        await database.RunAsync("DROP PROCEDURE `safe_migrate_look`");
        (await database.SchemaAsync()).ShouldBe(schema);
    }

    private static async Task<(Plan Plan, MariaDbPlans Database)> SharedAsync(string name)
    {
        var planCase = MariaDbPlanCases.Named(name);
        var plan = planCase.Plan();
        var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows);
        foreach (var migration in plan.Migrations.Where(migration => migration.Kind != PhaseKind.Contract))
        {
            await database.RunAsync(migration.Up);
        }
        return (plan, database);
    }

    private static async Task<(int Written, int Deadlocks, Dictionary<int, string> Journal)> WriteAsync(MariaDbPlans database, MovedColumn move, int writer, DateTime until)
    {
        await using var connection = await database.OpenAsync();
        var random = new Random(20261122 + writer);
        var (written, deadlocks, journal) = (0, 0, new Dictionary<int, string>());
        while (DateTime.UtcNow < until || written < 50)
        {
            var release = (random.Next(2) + writer) % 2 == 0 ? move.Old : move.New;
            var (id, value) = (random.Next(5) == 0 ? Common : 2000 + writer * Rows + random.Next(Rows), move.Some[random.Next(move.Some.Length)]);
            var there = id == Common || journal.ContainsKey(id);
            var gone = there && id != Common && random.Next(8) == 0;
            try
            {
                await connection.RunAsync($"START TRANSACTION; {Quoted(Form(!there ? release.Insert : gone ? release.Delete : release.Update, id, value))}; COMMIT;");
            }
            catch (MySqlException refused) when (refused.Number is 1213 or 1020)
            {
                deadlocks++;
                await connection.RunAsync("ROLLBACK");
                continue;
            }
            written++;
            if (gone)
            {
                journal.Remove(id);
            }
            else if (id != Common)
            {
                journal[id] = release.MissesAbsent && there && journal[id] == "NULL" ? "NULL" : value;
            }
        }
        return (written, deadlocks, journal);
    }

    private static string Form(string form, int id, string value) => string.Format(CultureInfo.InvariantCulture, form, id, value);

    private static string Quoted(string sql) => sql.Replace('"', '`');
}
