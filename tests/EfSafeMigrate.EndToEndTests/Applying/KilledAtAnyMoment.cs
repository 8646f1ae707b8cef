using EfSafeMigrate.EndToEndTests.Phases;
using Xunit.Abstractions;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>SIGKILL at a random moment: the status tells the truth, the next run ends where an undisturbed one does, and nothing is left on the server.</summary>
[Collection(nameof(RenamedSample))]
public sealed class KilledAtAnyMoment(InstalledTool tool, RenamedSample sample, ITestOutputHelper output)
{
    private static readonly int Times = RenamedSample.Full ? 50 : 5;

    [Fact]
    public async Task ResumedRunEndsAsUndisturbed()
    {
        await sample.ReadyAsync(tool);
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var killed = 0;
        for (var time = 0; time < Times; time++)
        {
            var target = (Target)(time % 3);
            killed += await KillAsync(random, target, $"seed {seed}, time {time}, {target}") ? 1 : 0;
        }
        output.WriteLine($"{killed} of {Times} runs were killed before their end");
        killed.ShouldBeGreaterThan(0);
    }

    private async Task<bool> KillAsync(Random random, Target target, string what)
    {
        await using var database = await sample.CopyAsync();
        await using var run = sample.Apply(tool, database);
        // From the plan on: before it there is nothing to be killed but the loading of the project.
        await run.LineAsync("plan");
        var rest = sample.Undisturbed / 2;
        await Task.Delay(rest * random.NextDouble());
        var inTime = !run.HasEnded;
        run.Signal(ApplyRun.Kill, target);
        var ended = await run.EndAsync();
        await Sessions.NoneAsync(database, what);

        var status = await sample.StatusAsync(tool, database);
        var applied = await database.LinesAsync("""SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY 1""");
        var journal = (await database.LinesAsync("SELECT to_regclass('safe_migrate.journal') IS NOT NULL"))[0] == "True"
            ? await database.LinesAsync("SELECT kind || ' ' || coalesce(entry::json ->> 'migration', entry::json ->> 'outcome', '') FROM safe_migrate.journal ORDER BY number") : [];
        var state = journal.Count == 0 ? "Never" : journal[^1] == "run-ended Done" ? "Done" : "Interrupted";
        var begun = journal.LastOrDefault(entry => entry.StartsWith("step-started ", StringComparison.Ordinal))?.Split(' ')[1];
        status.State.ShouldBe(state, $"{what}\n{ended}");
        status.Pending.ShouldBe([.. sample.Migrations.Except(applied)], what);
        status.OpenStep.ShouldBe(journal.Contains($"step-ended {begun}") ? null : begun, what);
        status.OpenStepIsDone.ShouldBe(status.OpenStep is not null && applied.Contains(status.OpenStep), what);
        output.WriteLine($"{what}: exit {ended.Code}, {state}, open {status.OpenStep?.Split('_')[^1] ?? "nothing"}, {status.Pending.Count} pending");

        await using var again = sample.Apply(tool, database, null, "--resume");
        var resumed = await again.EndAsync();
        resumed.Code.ShouldBe(0, $"{what}\n{resumed}");
        await sample.CheckAsync(database, what);
        (await database.LinesAsync("""
            SELECT run FROM safe_migrate.journal GROUP BY run HAVING count(*) FILTER (WHERE kind = 'run-started') <> count(*) FILTER (WHERE kind = 'run-ended')
            """)).ShouldBeEmpty($"every run has an end: {what}");
        await Sessions.NoneAsync(database, what);
        return inTime && state == "Interrupted";
    }
}
