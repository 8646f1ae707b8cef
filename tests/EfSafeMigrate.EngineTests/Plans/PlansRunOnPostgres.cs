using System.Text.RegularExpressions;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using SqlStep = EfSafeMigrate.Plans.Sql;

namespace EfSafeMigrate.EngineTests.Plans;

public partial class PlansRunOnPostgres
{
    [GeneratedRegex("""(?<=ALTER COLUMN "[^"]+") TYPE ([^;]+);""")]
    private static partial Regex Type();

    public static TheoryData<string> Cases => [.. PlanCases.All.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_phase_goes_forth_back_and_forth_and_ends_as_the_single_migration_does(string name)
    {
        var planCase = await PlanDatabase.OfServerAsync(PlanCases.Named(name));
        var plan = planCase.Plan();
        await using var database = await PlanDatabase.CreateAsync(planCase.Source + planCase.Rows);
        var rows = await DataAsync(database, planCase.Kept.Before);
        List<string> schemas = [];
        foreach (var migration in plan.Migrations)
        {
            schemas.Add(await database.SchemaAsync());
            await database.RunAsync(migration.Up);
            if (migration.Loses.Count == 0)
            {
                await database.RunAsync(migration.Down);
                Same(Proved(await database.SchemaAsync(), plan), schemas[^1], $"{migration.Suffix} undone");
                await database.RunAsync(migration.Up);
            }
        }
        Same(await database.SchemaAsync(), await DirectAsync(planCase), "the end");
        (await DataAsync(database, planCase.Kept.After)).ShouldBe(rows);
        foreach (var migration in plan.Migrations.Reverse())
        {
            await database.RunAsync(migration.Down);
            Same(Proved(await database.SchemaAsync(), plan), Proved(schemas[^1], plan), $"{migration.Suffix} undone at last");
            schemas.RemoveAt(schemas.Count - 1);
        }
        (await DataAsync(database, planCase.Kept.Before)).ShouldBe(rows);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_cannot_be_rolled_back_can_be_run_again(string name)
    {
        var planCase = await PlanDatabase.OfServerAsync(PlanCases.Named(name));
        await using var database = await PlanDatabase.CreateAsync(planCase.Source + planCase.Rows);
        foreach (var migration in planCase.Plan().Migrations)
        {
            await database.RunAsync(migration.Up);
            if (!migration.Up.Any(step => step is Fill or SqlStep { Suppressed: true }))
            {
                continue;
            }
            var (schema, rows) = (await database.SchemaAsync(), await VersionsAsync(database, migration));
            await database.RunAsync(migration.Up);
            Same(await database.SchemaAsync(), schema, migration.Suffix);
            (await VersionsAsync(database, migration)).ShouldBe(rows, "no row is written again");
        }
    }

    /// <summary>The schema that EF's own migration leaves, on a database without rows.</summary>
    private static async Task<string> DirectAsync(PlanCase planCase)
    {
        await using var direct = await PlanDatabase.CreateAsync(planCase.Source);
        foreach (var operation in planCase.Direct)
        {
            // No rows, so any expression does; PostgreSQL asks for one where it does not convert by itself.
            await direct.RunAsync(Type().Replace(string.Join('\n', operation.Commands.Select(command => command.Sql)), " TYPE $1 USING NULL;"));
        }
        return await direct.SchemaAsync();
    }

    /// <summary>A foreign key that comes back unproved, where the plan says that it does.</summary>
    private static string Proved(string schema, Plan plan) =>
        string.Join('\n', schema.Split('\n').Select(line => plan.Notes.Any(note => note.StartsWith("Undone, ", StringComparison.Ordinal) && line.Contains($" {note.Split(' ')[1]} FOREIGN KEY ", StringComparison.Ordinal))
            ? line.Replace(" NOT VALID", "", StringComparison.Ordinal)
            : line));

    private static void Same(string schema, string expected, string when)
    {
        var (now, then) = (schema.Split('\n'), expected.Split('\n'));
        string.Join('\n', [.. now.Except(then).Select(line => $"+ {line}"), .. then.Except(now).Select(line => $"- {line}")]).ShouldBe("", when);
    }

    private static async Task<string> DataAsync(PlanDatabase database, string? sql) => sql is null ? "" : await database.TextAsync(sql);

    private static Task<string> VersionsAsync(PlanDatabase database, PlannedMigration migration) =>
        migration.Up.OfType<Fill>().FirstOrDefault() is { } fill
            ? database.TextAsync($"SELECT count(*), sum(xmin::text::bigint) FROM {PlanCase.Engine.QuoteTable(fill.Spec.Table)}")
            : Task.FromResult("");
}
