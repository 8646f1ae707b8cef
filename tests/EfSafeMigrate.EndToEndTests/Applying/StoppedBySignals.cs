namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>Ctrl+C and SIGTERM stop a run at a statement's boundary; the second ends it at once.</summary>
[Collection(nameof(RenamedSample))]
public sealed class StoppedBySignals(InstalledTool tool, RenamedSample sample)
{
    [Theory]
    [InlineData(ApplyRun.Interrupt, "Group")]
    [InlineData(ApplyRun.Terminate, "Tool")]
    public async Task DuringAStep(int signal, string target)
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        await using var run = sample.Apply(tool, database, null, sample.Slowly);
        await run.MustAsync("backfill");
        run.Signal(signal, Enum.Parse<Target>(target));
        var ended = await run.EndAsync();
        ended.Code.ShouldBe(3, ended.ToString());
        ended.Error.ShouldContain("--resume");
        await Sessions.NoneAsync(database, ended.ToString());
        (await Sessions.LastEntryAsync(database)).ShouldBe("run-ended Stopped");
        (await sample.StatusAsync(tool, database)).State.ShouldBe("Stopped");

        await using var again = sample.Apply(tool, database, null, "--resume");
        var resumed = await again.EndAsync();
        resumed.Code.ShouldBe(0, resumed.ToString());
        await sample.CheckAsync(database, "resumed");
    }

    [Fact]
    public async Task WhileWaitingForATable()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        await using var reader = await Held.OpenAsync(database, """BEGIN; LOCK TABLE "Customers" IN ACCESS SHARE MODE""");
        await using var run = sample.Apply(tool, database);
        await run.MustAsync("step-put-off");
        run.Signal(ApplyRun.Interrupt, Target.Group);
        var ended = await run.EndAsync();
        ended.Code.ShouldBe(3, ended.ToString());
        (await Sessions.LastEntryAsync(database)).ShouldBe("run-ended Stopped");
        await Sessions.NoneAsync(database, "stopped");
    }

    [Fact]
    public async Task WhileWaitingForAnotherRun()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        await using var other = await Held.OpenAsync(database, "SELECT pg_advisory_lock(23294, 19734)");
        await using var run = sample.Apply(tool, database);
        await run.MustAsync("run-waits");
        run.Signal(ApplyRun.Interrupt, Target.Group);
        var ended = await run.EndAsync();
        ended.Code.ShouldBe(3, ended.ToString());
        ended.Error.ShouldContain("nothing was changed");
        (await database.LinesAsync("SELECT 1 WHERE to_regclass('safe_migrate.journal') IS NOT NULL")).ShouldBeEmpty();
    }

    [Fact]
    public async Task TheSecondSignalEndsAtOnce()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        await using var run = sample.Apply(tool, database, null, sample.Slowly);
        await run.MustAsync("backfill");
        var agent = run.AgentProcess();
        // An application that does not answer any more: the first signal waits for it.
        run.Signal(ApplyRun.Stop, Target.Agent);
        run.Signal(ApplyRun.Interrupt, Target.Tool);
        run.HasEnded.ShouldBeFalse();
        while (!run.HasEnded)
        {
            // Two signals at once are one to the system: the second counts when the first has been heard.
            await Task.Delay(50);
            run.Signal(ApplyRun.Interrupt, Target.Tool);
        }
        var ended = await run.EndAsync();
        ended.Code.ShouldNotBe(0);
        agent.ShouldNotBeNull();
        run.Signal(ApplyRun.Continue, Target.Group);
        await Sessions.NoneAsync(database, "the agent ends when it can");

        await using var again = sample.Apply(tool, database, null, "--resume");
        (await again.EndAsync()).Code.ShouldBe(0);
        await sample.CheckAsync(database, "resumed");
    }
}
