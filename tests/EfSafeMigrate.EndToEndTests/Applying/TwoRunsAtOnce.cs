using System.Diagnostics;
using EfSafeMigrate.EndToEndTests.Phases;
using Xunit.Abstractions;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>Two operators: every migration is applied once, and ours that came second is told who is at work.</summary>
[Collection(nameof(RenamedSample))]
public sealed class TwoRunsAtOnce(InstalledTool tool, RenamedSample sample, ITestOutputHelper output)
{
    private const string EfVersion = "10.0.14";

    private static readonly int Times = RenamedSample.Full ? 20 : 2;

    /// <summary>The first builds indexes concurrently while the second waits: a waiter in line would deadlock with it.</summary>
    [Fact]
    public async Task TheSecondWaitsAndFindsItDone()
    {
        await sample.ReadyAsync(tool);
        for (var time = 0; time < (RenamedSample.Full ? Times : 1); time++)
        {
            await using var database = await sample.CopyAsync();
            await using var first = sample.Apply(tool, database, null, "--lock-wait", "300");
            await using var second = sample.Apply(tool, database, null, "--lock-wait", "300");
            var (one, two) = (await first.EndAsync(), await second.EndAsync());
            var said = $"time {time}\n{one}\n{two}";
            new[] { one.Code, two.Code }.ShouldContain(0, said);
            new[] { one.Code, two.Code }.ShouldBeSubsetOf([0, 3], said);
            said.ShouldNotContain("deadlock");
            (await database.LinesAsync("SELECT run FROM safe_migrate.journal WHERE kind = 'run-started'")).Count.ShouldBe(1, said);
            await sample.CheckAsync(database, said);
            output.WriteLine($"time {time}: exit {one.Code} and {two.Code}");
        }
    }

    [Fact]
    public async Task BothResumeAKilledRun()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        await using (var killed = sample.Apply(tool, database, null, sample.Slowly))
        {
            await killed.MustAsync("backfill");
            killed.Signal(ApplyRun.Kill, Target.Group);
            await killed.EndAsync();
        }
        await using var first = sample.Apply(tool, database, null, "--resume", "--lock-wait", "300");
        await using var second = sample.Apply(tool, database, null, "--resume", "--lock-wait", "300");
        var (one, two) = (await first.EndAsync(), await second.EndAsync());
        var said = $"{one}\n{two}";
        new[] { one.Code, two.Code }.ShouldContain(0, said);
        new[] { one.Code, two.Code }.ShouldBeSubsetOf([0, 3], said);
        await sample.CheckAsync(database, said);
        (await database.LinesAsync("SELECT entry::json ->> 'outcome' FROM safe_migrate.journal WHERE kind = 'run-ended' ORDER BY number")).ShouldBe(["Interrupted", "Done"], said);
    }

    [Fact]
    public async Task PlainEfUndoesBetweenTwoRuns()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync(atGate: true);
        var undone = await Shell.RunAsync(
            sample.Project, await InstallEfAsync(), ["database", "update", sample.Gate.Migrations[1], "--context", RenamedSample.Pattern.Context, "--no-build"],
            environment: new Dictionary<string, string> { ["PHASES"] = database.ConnectionString });
        undone.Code.ShouldBe(0, undone.Output + undone.Error);
        var status = await sample.StatusAsync(tool, database);
        status.Undone.ShouldBe([.. sample.Gate.Migrations.Skip(2)]);
        status.Pending.ShouldBe([.. sample.End.Migrations.Skip(2)]);

        await using var again = sample.Apply(tool, database, null, "--resume");
        var resumed = await again.EndAsync();
        resumed.Code.ShouldBe(0, resumed.ToString());
        (await Outcome.ReadAsync(database) with { Time = sample.Gate.Time }).ShouldBeEquivalentTo(sample.Gate);
        (await sample.StatusAsync(tool, database)).Undone.ShouldBeEmpty();
    }

    [Fact]
    public async Task TheSecondIsToldWhoIsAtWork()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        // A build that waits for an old snapshot: outside a transaction, where EF's own lock does not reach.
        await using var reader = await Held.OpenAsync(database, """BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM "Regions" """);
        await using var first = sample.Apply(tool, database);
        await first.MustAsync("command-began", "CONCURRENTLY");
        await using var second = sample.Apply(tool, database, null, "--lock-wait", "0");
        var busy = await second.EndAsync();
        busy.Code.ShouldBe(3, busy.ToString());
        var started = (await database.LinesAsync("SELECT entry::json ->> 'by', entry::json ->> 'process', entry::json ->> 'host' FROM safe_migrate.journal WHERE kind = 'run-started'"))[0].Split(" | ");
        busy.Error.ShouldContain($"{started[0]}, process {started[1]} on {started[2]}, since ");
        busy.Error.ShouldContain(" UTC");
        (await sample.StatusAsync(tool, database)).State.ShouldBe("Running");

        // A dead holder frees the lock at once.
        var clock = Stopwatch.StartNew();
        first.Signal(ApplyRun.Kill, Target.Group);
        await Sessions.LockIsFreeAsync(database);
        output.WriteLine($"the lock was free {clock.ElapsedMilliseconds} ms after SIGKILL, amid a concurrent build");
        await first.EndAsync();
        await Sessions.NoneAsync(database, "killed in a build");
        await reader.ExecuteAsync("COMMIT");
        await using var again = sample.Apply(tool, database, null, "--resume");
        var resumed = await again.EndAsync();
        resumed.Code.ShouldBe(0, resumed.ToString());
        await sample.CheckAsync(database, "resumed");
    }

    [Fact]
    public async Task BesidePlainEf()
    {
        await sample.ReadyAsync(tool);
        var ef = await InstallEfAsync();
        var random = new Random(1);
        for (var time = 0; time < Times; time++)
        {
            await using var database = await sample.CopyAsync();
            await using var ours = sample.Apply(tool, database);
            if (time % 2 == 0)
            {
                await ours.LineAsync("plan");
                await Task.Delay(sample.Gate.Time * 2 * random.NextDouble());
            }
            var plain = await Shell.RunAsync(
                sample.Project, ef, ["database", "update", "--context", RenamedSample.Pattern.Context, "--no-build"], environment: new Dictionary<string, string> { ["PHASES"] = database.ConnectionString });
            var one = await ours.EndAsync();
            var said = $"time {time}\n{one}\n{plain}";
            one.Code.ShouldBeOneOf(0, 3, 4);
            await sample.FinishAsync(tool, database, said);
            (await Outcome.ReadAsync(database) with { Time = sample.End.Time }).ShouldBeEquivalentTo(sample.End, said);
            output.WriteLine($"time {time}: ours {one.Code}, plain EF {plain.Code}");
        }
    }

    private async Task<string> InstallEfAsync()
    {
        var folder = Path.Combine(tool.Scratch, "ef");
        var program = Path.Combine(folder, "dotnet-ef");
        if (!File.Exists(program))
        {
            var installed = await Shell.RunAsync(tool.Scratch, "dotnet", ["tool", "install", "dotnet-ef", "--version", EfVersion, "--tool-path", folder]);
            installed.Code.ShouldBe(0, installed.Output + installed.Error);
        }
        return program;
    }
}
