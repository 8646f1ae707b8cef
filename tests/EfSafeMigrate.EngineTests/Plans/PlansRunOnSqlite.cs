using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.EngineTests.Plans;

public class PlansRunOnSqlite
{
    public static TheoryData<string> Cases => [.. SqlitePlanCases.All.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_phase_goes_forth_back_and_forth_and_ends_as_the_model_says(string name)
    {
        var planCase = SqlitePlanCases.Named(name);
        var (plan, models) = (planCase.Plan(), SqlitePlans.Models(planCase));
        await using var database = await SqlitePlans.CreateAsync(planCase.Before, planCase.Rows);
        var rows = await DataAsync(database, planCase.Kept.Before);
        List<string> schemas = [];
        foreach (var (migration, at) in plan.Migrations.Select((migration, at) => (migration, at)))
        {
            schemas.Add(await database.SchemaAsync());
            await database.RunAsync(migration.Up, models[at + 1]);
            if (migration.Loses.Count == 0)
            {
                await database.RunAsync(migration.Down, models[at]);
                Same(await database.SchemaAsync(), schemas[^1], $"{migration.Suffix} undone");
                await database.RunAsync(migration.Up, models[at + 1]);
            }
        }
        await using (var direct = await SqlitePlans.CreateAsync(planCase.After))
        {
            Same(await database.SchemaAsync(), await direct.SchemaAsync(), "the end");
        }
        (await DataAsync(database, planCase.Kept.After)).ShouldBe(rows);
        foreach (var (migration, at) in plan.Migrations.Select((migration, at) => (migration, at)).Reverse())
        {
            await database.RunAsync(migration.Down, models[at]);
            Same(await database.SchemaAsync(), schemas[at], $"{migration.Suffix} undone at last");
        }
        (await DataAsync(database, planCase.Kept.Before)).ShouldBe(rows);
        (await database.TextAsync("PRAGMA foreign_key_check; ")).ShouldBe("");
    }

    /// <summary>EF copies a table behind everything else in a migration, and the copy has no triggers.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Triggers_are_apart_from_what_EF_alters(string name)
    {
        foreach (var migration in SqlitePlanCases.Named(name).Plan().Migrations)
        {
            foreach (var steps in new[] { migration.Up, migration.Down })
            {
                (steps.Any(step => step is Emit) && steps.Any(step => step is EfSafeMigrate.Plans.Sql { IsOfTrigger: true })).ShouldBeFalse(migration.Suffix);
            }
        }
    }

    private static void Same(string schema, string expected, string when)
    {
        var (now, then) = (schema.Split('\n'), expected.Split('\n'));
        string.Join('\n', [.. now.Except(then).Select(line => $"+ {line}"), .. then.Except(now).Select(line => $"- {line}")]).ShouldBe("", when);
    }

    private static async Task<string> DataAsync(SqlitePlans database, string? sql) => sql is null ? "" : await database.TextAsync(sql);
}
