extern alias MySqlData;

using System.Globalization;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>A column gets another type under its name while a release writes it, forth and back: every write is let through and carried over.</summary>
public class TypesChangeUnderTrafficOfMariaDb
{
    private const int Rows = 200;
    private const int Writers = 3;

    /// <summary>What both types hold.</summary>
    private static readonly Dictionary<string, string[]> Values = new()
    {
        ["a type widens"] = ["0", "-7", "2147483647", "-2147483648", "12"],
        ["a type widens under indexes and a default"] = ["0", "-7", "2147483647", "-2147483648", "12"],
        ["an optional type widens"] = ["NULL", "0", "32767", "-32768"],
        ["a type narrows"] = ["0", "2147483647", "-2147483648", "12"],
        ["an optional text narrows"] = ["NULL", "''", "'abcdef'", "'ABCDEF'", "'abc  '", "'äöüßxy'"],
        ["a text grows beyond 255 bytes"] = ["''", "REPEAT('ä', 40)", "'Bob'", "'bob'", "'bob '"],
        ["a decimal gets more digits behind the point and fewer before"] = ["0", "1.25", "999999.99", "-999999.99"],
    };

    /// <summary>What MySQL is told is run here as well, by the full run.</summary>
    public static TheoryData<string> Cases => [.. Sampled.Of(Values.Keys).SelectMany(name => Sampled.Full ? [name, $"{name}, on MySQL"] : new[] { name })];

    private static int Writes => Environment.GetEnvironmentVariable("SAFE_MIGRATE_FULL") == "1" ? 20_000 : 500;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_write_is_let_through_and_carried_over_forth_and_back(string name)
    {
        var planCase = MariaDbPlanCases.Named(name);
        var plan = planCase.Plan();
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows);
        using var enough = new CancellationTokenSource();
        var values = Values[name.Replace(", on MySQL", "", StringComparison.Ordinal)];
        var written = 0;
        var work = Enumerable.Range(0, Writers).Select(writer => Task.Factory.StartNew(() => WriteAsync(database, writer, values, () => Interlocked.Increment(ref written), enough.Token).GetAwaiter().GetResult(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToList();
        try
        {
            foreach (var migration in plan.Migrations)
            {
                await database.RunAsync(migration.Up);
                await MoreAsync();
            }
            var contracts = plan.Migrations.Where(migration => migration.Kind == PhaseKind.Contract).ToList();
            await database.RunAsync(contracts[^1].Down);
            await MoreAsync();
            var filled = contracts[^1].Gates.Single().Filled.Single();
            (await database.TextAsync($"SELECT count(*) FROM `Orders` WHERE {planCase.On.Phases!.Unfilled(filled)}")).ShouldBe("0");
            await database.RunAsync(contracts[^1].Up);
            foreach (var migration in plan.Migrations.Reverse())
            {
                await database.RunAsync(migration.Down);
                await MoreAsync();
            }
            while (Volatile.Read(ref written) < Writes && !work.Exists(each => each.IsCompleted))
            {
                await Task.Delay(20);
            }
        }
        finally
        {
            await enough.CancelAsync();
        }
        var journals = await Task.WhenAll(work);
        foreach (var (id, value) in journals.SelectMany(journal => journal))
        {
            (await database.TextAsync($"SELECT count(*) FROM `Orders` WHERE `Id` = {id} AND CAST(`Code` AS char) <=> CAST({(planCase.Name.Contains("decimal", StringComparison.Ordinal) ? $"CAST({value} AS decimal(10,2))" : value)} AS char) AND CAST(CONVERT(CAST(`Code` AS char) USING utf8mb4) AS BINARY) <=> CAST(CONVERT(CAST({(planCase.Name.Contains("decimal", StringComparison.Ordinal) ? $"CAST({value} AS decimal(10,2))" : value)} AS char) USING utf8mb4) AS BINARY)")).ShouldBe("1", $"{id} holds {value}");
        }
        (await database.TextAsync("SELECT count(*) FROM `Orders` WHERE `Id` > 1000 AND `Code` <> `Id`")).ShouldBe("0", "rows that nobody wrote");

        async Task MoreAsync()
        {
            var before = Volatile.Read(ref written);
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (Volatile.Read(ref written) < before + 40)
            {
                foreach (var ended in work.Where(each => each.IsCompleted))
                {
                    await ended;
                }
                await Task.Delay(2, limit.Token);
            }
        }
    }

    [Theory]
    [InlineData("a type narrows", "2147483648")]
    [InlineData("an optional text narrows", "'abcdefg'")]
    [InlineData("a decimal gets more digits behind the point and fewer before", "1000000")]
    [InlineData("a type narrows, on MySQL", "2147483648")]
    public async Task A_value_that_does_not_fit_passes_until_contract_and_stops_that(string name, string value)
    {
        var planCase = MariaDbPlanCases.Named(name);
        var plan = planCase.Plan();
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows);
        foreach (var migration in plan.Migrations.Where(migration => migration.Kind != PhaseKind.Contract))
        {
            await database.RunAsync(migration.Up);
        }
        await database.RunAsync($"UPDATE `Orders` SET `Code` = {value} WHERE `Id` = 9");
        var contract = plan.Migrations.Where(migration => migration.Kind == PhaseKind.Contract).ToList();
        contract.Count.ShouldBe(3);
        await database.RunAsync(contract[0].Up);
        (await Should.ThrowAsync<InvalidOperationException>(() => database.RunAsync(contract[1].Up))).Message.ShouldContain("Orders.Code has values for which");
        await using (var late = await database.OpenAsync())
        {
            (await late.ErrorAsync($"UPDATE `Orders` SET `Code` = {value} WHERE `Id` = 10")).ShouldBe(1644, "the old release is gone by now");
        }
        await database.RunAsync("UPDATE `Orders` SET `Code` = '1' WHERE `Id` = 9");
        await database.RunAsync(contract[1].Up);
        await database.RunAsync(contract[2].Up);
        (await database.TextAsync("SELECT `Code` LIKE '1%' FROM `Orders` WHERE `Id` = 9")).ShouldBe("1");
    }

    [Fact]
    public async Task The_way_back_refuses_what_the_old_type_cannot_hold_before_it_begins()
    {
        var planCase = MariaDbPlanCases.Named("a type widens");
        var plan = planCase.Plan();
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows);
        foreach (var migration in plan.Migrations)
        {
            await database.RunAsync(migration.Up);
        }
        await database.RunAsync("UPDATE `Orders` SET `Code` = 2147483648 WHERE `Id` = 9");
        var schema = await database.SchemaAsync();
        (await Should.ThrowAsync<InvalidOperationException>(() => database.RunAsync(plan.Migrations[^1].Down))).Message.ShouldContain("Orders.Code has values for which int has no place");
        (await database.SchemaAsync()).Replace("\nroutine safe_migrate_fits", "", StringComparison.Ordinal).ShouldBe(schema);
        await database.RunAsync("UPDATE `Orders` SET `Code` = 2147483648 WHERE `Id` = 10");
    }

    [Theory]
    [InlineData("CREATE INDEX `by hand` ON `Orders` (`Code`)", "the index by hand")]
    [InlineData("ALTER TABLE `Orders` ADD `Twice` bigint AS (`Code` * 2)", "the computed column Twice")]
    [InlineData("ALTER TABLE `Orders` ADD CONSTRAINT `positive` CHECK (`Code` >= 0)", "the check positive")]
    [InlineData("CREATE TABLE `of` (`Code` int, KEY (`Code`)); CREATE INDEX `IX` ON `Orders` (`Code`); ALTER TABLE `of` ADD CONSTRAINT `f` FOREIGN KEY (`Code`) REFERENCES `Orders` (`Code`)", "cannot be replaced")]
    public async Task What_no_model_knows_stops_it_before_anything_is_done(string sql, string found)
    {
        var planCase = MariaDbPlanCases.Named("a type widens");
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows + sql);
        var schema = await database.SchemaAsync();
        (await Should.ThrowAsync<InvalidOperationException>(() => database.RunAsync(planCase.Plan().Migrations[0].Up))).Message.ShouldContain(found);
        (await database.SchemaAsync()).Replace("\nroutine safe_migrate_dependents", "", StringComparison.Ordinal).ShouldBe(schema);
    }

    /// <returns>What each of the writer's rows holds.</returns>
    private static async Task<Dictionary<int, string>> WriteAsync(MariaDbPlans database, int writer, string[] values, Action wrote, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync();
        var random = new Random(20261122 + writer);
        var journal = new Dictionary<int, string>();
        await connection.RunAsync("PREPARE `writes` FROM 'UPDATE `Orders` SET `Total` = `Total` + 1 WHERE `Id` = ?'");
        while (!cancellation.IsCancellationRequested)
        {
            var (id, value) = (writer * Rows + random.Next(Rows) + 1, values[random.Next(values.Length)]);
            var last = Math.Min(id + 9, (writer + 1) * Rows);
            switch (random.Next(6))
            {
                case 0:
                    await connection.RunAsync(string.Create(CultureInfo.InvariantCulture, $"UPDATE `Orders` SET `Code` = {value} WHERE `Id` BETWEEN {id} AND {last}"));
                    for (var each = id; each <= last; each++)
                    {
                        journal[each] = value;
                    }
                    break;
                case 1:
                    await connection.RunAsync($"SET @id = {id}; EXECUTE `writes` USING @id");
                    break;
                case 2:
                    await connection.RunAsync($"REPLACE INTO `Orders` (`Id`, `Code`, `Total`) VALUES ({id}, {value}, {id})");
                    journal[id] = value;
                    break;
                case 3:
                    await connection.RunAsync($"INSERT INTO `Orders` (`Id`, `Code`, `Total`) VALUES ({id}, {value}, {id}) ON DUPLICATE KEY UPDATE `Code` = VALUES(`Code`)");
                    journal[id] = value;
                    break;
                default:
                    await connection.RunAsync($"UPDATE `Orders` SET `Code` = {value} WHERE `Id` = {id}");
                    journal[id] = value;
                    break;
            }
            wrote();
        }
        return journal;
    }
}
