using EfSafeMigrate.EndToEndTests.Phases;
using Xunit.Abstractions;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>SIGKILL at a random moment: the status tells the truth, the next run ends where an undisturbed one does, and nothing is left on the server.</summary>
[Collection(nameof(RenamedSample))]
public sealed class KilledAtAnyMoment(InstalledTool tool, RenamedSample sample, ITestOutputHelper output)
{
    private static readonly int Times = RenamedSample.Full ? 50 : 4;

    [Fact]
    public async Task ResumedRunEndsAsUndisturbed()
    {
        await sample.ReadyAsync(tool);
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var killed = 0;
        // Some have ended before the signal: those do not count.
        for (var time = 0; killed < Times && time < Times * 10; time++)
        {
            var (target, atGate) = ((Target)(time % 3), time % 4 == 3);
            killed += await KillAsync(random, target, atGate, $"seed {seed}, time {time}, {target}{(atGate ? ", contract" : "")}") ? 1 : 0;
        }
        killed.ShouldBe(Times, "runs that were killed before their end");
    }

    private async Task<bool> KillAsync(Random random, Target target, bool atGate, string what)
    {
        await using var database = await sample.CopyAsync(atGate);
        var before = atGate ? await JournalAsync(database) : [];
        await using var run = atGate ? sample.Contract(tool, database) : sample.Apply(tool, database);
        // At any time, of which the backfill has the most, or in any migration; now and then before the run has made its journal.
        var (beginning, at) = random.Next(8) switch
        {
            0 => ("plan", ""),
            < 4 => ("run-began", ""),
            _ => ("command-began", atGate ? sample.End.Migrations[^1] : sample.Gate.Migrations[1 + random.Next(sample.Gate.Migrations.Count - 1)]),
        };
        await run.LineAsync(beginning, at);
        await Task.Delay((atGate ? sample.End : sample.Gate).Time * (random.NextDouble() * (at.Length > 0 ? 0.05 : 0.8)));
        var inTime = !run.HasEnded;
        run.Signal(ApplyRun.Kill, target);
        var ended = await run.EndAsync();
        await Sessions.NoneAsync(database, what);

        var status = await sample.StatusAsync(tool, database);
        var applied = await RenamedSample.AppliedAsync(database);
        var journal = await JournalAsync(database);
        var runs = journal.Where(entry => entry.StartsWith("run-", StringComparison.Ordinal)).ToArray();
        var state = runs.Length == 0 ? "Never" : runs[^1] == "run-ended Done" ? "Done" : "Interrupted";
        var begun = journal.LastOrDefault(entry => entry.StartsWith("step-started ", StringComparison.Ordinal))?.Split(' ')[1];
        status.State.ShouldBe(state, $"{what}\n{ended}");
        status.Pending.ShouldBe([.. sample.End.Migrations.Except(applied)], what);
        status.OpenStep.ShouldBe(journal.Contains($"step-ended {begun}") ? null : begun, what);
        status.OpenStepIsDone.ShouldBe(status.OpenStep is not null && applied.Contains(status.OpenStep), what);
        output.WriteLine($"{what}: exit {ended.Code}, {state}, open {status.OpenStep?.Split('_')[^1] ?? "nothing"}, {status.Pending.Count} pending");

        if (atGate)
        {
            await sample.FinishAsync(tool, database, what);
        }
        else
        {
            await using var again = sample.Apply(tool, database, null, "--resume");
            var resumed = await again.EndAsync();
            resumed.Code.ShouldBe(0, $"{what}\n{resumed}");
        }
        await sample.CheckAsync(database, what, atGate ? sample.End : sample.Gate);
        (await database.LinesAsync("""
            SELECT run FROM safe_migrate.journal GROUP BY run HAVING count(*) FILTER (WHERE kind = 'run-started') <> count(*) FILTER (WHERE kind = 'run-ended')
            """)).ShouldBeEmpty($"every run has an end: {what}");
        await Sessions.NoneAsync(database, what);
        return inTime && journal.Count > before.Count && state == "Interrupted";
    }

    private static async Task<IReadOnlyList<string>> JournalAsync(PhasedDatabase database) =>
        (await database.LinesAsync("SELECT to_regclass('safe_migrate.journal') IS NOT NULL"))[0] == "True"
            ? await database.LinesAsync("SELECT kind || ' ' || coalesce(entry::json ->> 'migration', entry::json ->> 'outcome', '') FROM safe_migrate.journal ORDER BY number") : [];
}
