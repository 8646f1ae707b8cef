using EfSafeMigrate.Engines.MariaDb;
using EfSafeMigrate.Engines.MySql;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using EfSafeMigrate.Tests.Updates.Scripts;

namespace EfSafeMigrate.EngineTests.Scripts;

/// <summary>The client <c>mariadb</c> runs what plans consist of, procedures and triggers too, and what Pomelo calls.</summary>
public sealed class PlansRunByMariaDb : IAsyncLifetime
{
    private readonly MariaDbDatabase database = new();

    public static TheoryData<string> Cases => [.. MariaDbPlanCases.All.Where(each => each.On == MariaDbEngine.Value).Select(each => each.Name)];

    public Task InitializeAsync() => database.InitializeAsync();

    public Task DisposeAsync() => database.DisposeAsync();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_plan_runs_as_a_script_twice(string name)
    {
        var planCase = MariaDbPlanCases.Named(name);
        var plan = planCase.Plan();
        await using var direct = await EfSafeMigrate.EngineTests.Plans.MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows);
        var made = new HandMade(MariaDbEngine.Value);
        foreach (var migration in plan.Migrations)
        {
            await direct.RunAsync(migration.Up);
            made.With($"20260101000000_{migration.Suffix}", [.. migration.Up.Select(PlanText.SqlOf)]);
        }
        await database.ExecuteAsync(planCase.Source + planCase.Rows);
        var text = made.Files().ShouldHaveSingleItem().Text;
        for (var run = 0; run < 2; run++)
        {
            (await RunAsync(text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All));
            (await SchemaAsync()).ShouldBe(await direct.SchemaAsync(), $"run {run}");
        }
    }

    /// <summary>EF's own migration creates the two procedures beside its commands; a script has the calls alone.</summary>
    [Theory]
    [InlineData("Id", "`Id` int(11) NOT NULL AUTO_INCREMENT")]
    [InlineData("Number", "`Number` bigint(20) NOT NULL AUTO_INCREMENT")]
    [InlineData("Name", "`Id` int(11) NOT NULL")]
    public async Task What_Pomelo_calls_around_a_primary_key_is_done(string to, string expected)
    {
        var made = new HandMade(MariaDbEngine.Value)
            .With("20260101000000_Initial", "CREATE TABLE `It's` (`Id` int NOT NULL AUTO_INCREMENT, `Number` bigint NOT NULL, `Name` varchar(40) NOT NULL, PRIMARY KEY (`Id`));", "INSERT INTO `It's` (`Number`, `Name`) VALUES (7, 'seven'), (8, 'eight');")
            .With("20260102000000_Key", "CALL POMELO_BEFORE_DROP_PRIMARY_KEY(NULL, 'It''s');\nALTER TABLE `It's` DROP PRIMARY KEY;", $"ALTER TABLE `It's` ADD CONSTRAINT `PK_It's` PRIMARY KEY (`{to}`);\nCALL POMELO_AFTER_ADD_PRIMARY_KEY(NULL, 'It''s', '{to}');");
        var text = made.Files().ShouldHaveSingleItem().Text;
        var blocks = text.Split("\nBEGIN NOT ATOMIC\n");
        for (var stop = blocks.Length; stop > 2; stop--)
        {
            await database.RenewAsync();
            (await RunAsync(string.Join("\nBEGIN NOT ATOMIC\n", blocks[..stop]))).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All));
            for (var run = 0; run < 2; run++)
            {
                (await RunAsync(text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, $"stopped before block {stop}\n{ended.All}"));
                var schema = await SchemaAsync();
                schema.ShouldContain(expected);
                schema.ShouldContain($"PRIMARY KEY (`{to}`)");
                schema.Split("AUTO_INCREMENT").Length.ShouldBe(to == "Name" ? 1 : 2, schema);
            }
            (await database.QueryAsync("SELECT `Id`, `Number`, `Name` FROM `It's` ORDER BY 1", [], 30, default)).Rows.Select(row => string.Join(' ', row)).ShouldBe(["1 7 seven", "2 8 eight"]);
        }
    }

    private async Task<string> SchemaAsync()
    {
        var lines = new List<string>();
        foreach (var table in (await database.QueryAsync("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name NOT LIKE '\\_\\_%' ORDER BY 1", [], 30, default)).Rows)
        {
            var made = (await database.QueryAsync($"SHOW CREATE TABLE {MySqlQuestions.Quote(table[0]!)}", [], 30, default)).Rows[0][1]!;
            lines.AddRange(System.Text.RegularExpressions.Regex.Replace(made, @" AUTO_INCREMENT=\d+", "").Split('\n').Select(line => $"{table[0]}: {line.Trim().TrimEnd(',')}"));
        }
        lines.AddRange((await database.QueryAsync("SELECT CONCAT('routine ', routine_name) FROM information_schema.routines WHERE routine_schema = DATABASE()", [], 30, default)).Rows.Select(row => row[0]!));
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    private Task<Ended> RunAsync(string text)
    {
        var (host, port, user, password, name) = database.At;
        return Client.RunAsync("mariadb", Path.GetTempPath(), text, new Dictionary<string, string?> { ["MYSQL_PWD"] = password },
            [$"--host={host}", $"--port={port}", $"--user={user}", "--protocol=TCP", "--skip-ssl", name]);
    }
}
