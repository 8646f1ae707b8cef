namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>A step that keeps others out for longer than allowed stops the run, and the journal says for how long.</summary>
[Collection(nameof(BusySample))]
public sealed class TheLockBudgetIsHeld(InstalledTool tool, BusySample sample)
{
    private const string Sleeps = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'safe-migrate %' AND wait_event = 'PgSleep'";

    [Fact]
    public async Task AHoldThatIsTooLongStopsTheRunAfterTheStep()
    {
        await using var busy = await sample.DatabaseAsync(tool, "SlowContext");

        var ended = await busy.ApplyAsync("--lock-budget", "500");

        ended.Code.ShouldBe(3, ended.Output + ended.Error);
        ended.Error.ShouldMatch("Budget exceeded: Slow held AccessExclusiveLock on public.Notes for [0-9]+ ms; the lock budget is 500 ms. The step is done; the run stops before the next.");
        var hold = (await busy.EntryAsync("step-ended")).GetProperty("longestHold");
        (hold.GetProperty("table").GetString(), hold.GetProperty("mode").GetString()).ShouldBe(("public.Notes", "AccessExclusiveLock"));
        hold.GetProperty("milliseconds").GetDouble().ShouldBeGreaterThan(500);
        (await busy.EntryAsync("run-ended")).GetProperty("message").GetString().ShouldStartWith("Budget exceeded:");
    }

    [Fact]
    public async Task AWaitThatIsTooLongTakesTheStepBack()
    {
        await using var busy = await sample.DatabaseAsync(tool, "SlowContext");
        var run = busy.ApplyAsync("--lock-budget", "500");
        await busy.UntilAsync(Sleeps, run);
        await busy.Database.ExecuteAsync("""SELECT count(*) FROM "Notes" """);

        var ended = await run;

        ended.Code.ShouldBe(3, ended.Output + ended.Error);
        ended.Error.ShouldMatch("Budget exceeded: another session waited [0-9]+ ms behind Slow; the lock budget is 500 ms. The step was taken back.");
        (await busy.Database.LinesAsync("""SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" LIKE '%_Slow'""")).ShouldBeEmpty();
        (await busy.EntryAsync("step-failed")).GetProperty("longestWaitMilliseconds").GetDouble().ShouldBeGreaterThan(500);
    }

    [Fact]
    public async Task AStepWithinTheBudgetPasses()
    {
        await using var busy = await sample.DatabaseAsync(tool, "PlainContext");

        (await busy.ApplyAsync("--lock-budget", "60000")).Code.ShouldBe(0);
    }
}
