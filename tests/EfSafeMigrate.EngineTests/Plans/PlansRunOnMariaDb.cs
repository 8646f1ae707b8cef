using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.EngineTests.Plans;

public class PlansRunOnMariaDb
{
    private static readonly string[] All = [.. MariaDbPlanCases.All.Select(each => each.Name)];

    public static TheoryData<string> Stopped => Sampled.Full ? [.. All] : [.. Sampled.Of(All.Where(name => !IsOfMySql(name)))];

    /// <summary>What MySQL is told is run here as well; every second of it in the ordinary run.</summary>
    public static TheoryData<string> Cases => [.. All.Where(name => !IsOfMySql(name)), .. Sampled.Of(All.Where(IsOfMySql))];

    private static bool IsOfMySql(string name) => name.EndsWith("MySQL", StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_phase_goes_forth_back_and_forth_and_ends_as_the_single_migration_does(string name)
    {
        var planCase = MariaDbPlanCases.Named(name);
        var plan = planCase.Plan();
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows);
        var rows = await DataAsync(database, planCase.Kept.Before);
        List<string> schemas = [];
        foreach (var migration in plan.Migrations)
        {
            schemas.Add(await database.SchemaAsync());
            await database.RunAsync(migration.Up);
            if (migration.Loses.Count == 0)
            {
                await database.RunAsync(migration.Down);
                Same(await database.SchemaAsync(), schemas[^1], $"{migration.Suffix} undone");
                await database.RunAsync(migration.Up);
            }
        }
        Same(await database.SchemaAsync(), await DirectAsync(planCase), "the end");
        (await DataAsync(database, planCase.Kept.After)).ShouldBe(rows);
        foreach (var migration in plan.Migrations.Reverse())
        {
            await database.RunAsync(migration.Down);
            Same(await database.SchemaAsync(), schemas[^1], $"{migration.Suffix} undone at last");
            schemas.RemoveAt(schemas.Count - 1);
        }
        (await DataAsync(database, planCase.Kept.Before)).ShouldBe(rows);
    }

    /// <summary>Nothing is rolled back: whatever a stopped migration has done, it is met again.</summary>
    [Theory]
    [MemberData(nameof(Stopped))]
    public async Task A_migration_that_is_stopped_behind_any_step_can_be_run_again(string name)
    {
        var planCase = MariaDbPlanCases.Named(name);
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows);
        foreach (var migration in planCase.Plan().Migrations)
        {
            for (var done = 1; done <= migration.Up.Count; done++)
            {
                await database.RunAsync([.. migration.Up.Take(done)]);
            }
            await database.RunAsync(migration.Up);
        }
        Same(await database.SchemaAsync(), await DirectAsync(planCase), "the end");
    }

    [Theory]
    [MemberData(nameof(Stopped))]
    public async Task A_migration_whose_way_back_is_stopped_behind_any_step_can_be_undone_again(string name)
    {
        var planCase = MariaDbPlanCases.Named(name);
        var plan = planCase.Plan();
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows);
        var rows = await DataAsync(database, planCase.Kept.Before);
        List<string> schemas = [];
        foreach (var migration in plan.Migrations)
        {
            schemas.Add(await database.SchemaAsync());
            await database.RunAsync(migration.Up);
        }
        foreach (var (migration, schema) in plan.Migrations.Zip(schemas).Reverse())
        {
            for (var done = 1; done <= migration.Down.Count; done++)
            {
                await database.RunAsync([.. migration.Down.Take(done)]);
            }
            Same(await database.SchemaAsync(), schema, $"{migration.Suffix} undone");
        }
        (await DataAsync(database, planCase.Kept.Before)).ShouldBe(rows);
    }

    /// <summary>The schema that EF's own migration leaves, on a database without rows.</summary>
    private static async Task<string> DirectAsync(PlanCase planCase)
    {
        await using var direct = await MariaDbPlans.CreateAsync(planCase.Source);
        foreach (var command in planCase.Direct.SelectMany(operation => operation.Commands))
        {
            await direct.RunAsync(command.Sql);
        }
        return await direct.SchemaAsync();
    }

    private static void Same(string schema, string expected, string when)
    {
        var (now, then) = (schema.Split('\n'), expected.Split('\n'));
        string.Join('\n', [.. now.Except(then).Select(line => $"+ {line}"), .. then.Except(now).Select(line => $"- {line}")]).ShouldBe("", when);
    }

    private static async Task<string> DataAsync(MariaDbPlans database, string? sql) => sql is null ? "" : await database.TextAsync(sql);
}
