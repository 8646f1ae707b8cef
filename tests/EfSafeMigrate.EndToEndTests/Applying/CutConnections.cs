using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>A connection, the server or the application's process goes away in the middle of a step.</summary>
[Collection(nameof(RenamedSample))]
public sealed class CutConnections(InstalledTool tool, RenamedSample sample)
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task TheRunConnectsAgain(bool working, bool retrying)
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        await using var run = ApplyRun.Start(tool, sample.Project, database.ConnectionString, ["apply", "--json", .. RenamedSample.Of, .. sample.Slowly], retrying);
        await run.MustAsync("backfill");
        await Sessions.CutAsync(database, working);
        var ended = await run.EndAsync();
        ended.Code.ShouldBe(0, ended.ToString());
        ended.Output.Contains("step-reconnects", StringComparison.Ordinal).ShouldBe(working, "a step goes on without the session that looks on");
        await sample.CheckAsync(database, ended.ToString());
        await Sessions.NoneAsync(database, "done");
    }

    [Fact]
    public async Task CutAfterTheServerHasCommitted()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        await using var proxy = new CuttingProxy(database.ConnectionString);
        await using var run = sample.Apply(tool, database, proxy.ConnectionString);
        var ended = await run.EndAsync();
        proxy.HasCut.ShouldBeTrue();
        ended.Code.ShouldBe(0, ended.ToString());
        var done = await run.MustAsync("step-done", "\"foundDone\":true");
        done.GetProperty("migration").GetString().ShouldBe(sample.Gate.Migrations[1], "the first migration was committed when the connection was cut");
        await sample.CheckAsync(database, ended.ToString());
    }

    /// <summary>As a firewall forgets a connection: both ends wait, until the server gives up by itself and nobody tells the run.</summary>
    [Fact]
    public async Task CutWithoutAWord()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        await using var proxy = new CuttingProxy(database.ConnectionString, freezesAt: "UPDATE \"Customers\" SET ");
        await using var run = sample.Apply(tool, database, proxy.ConnectionString);
        await run.MustAsync("backfill");
        await proxy.CutAsync();
        await Sessions.CutAsync(database, working: true);
        var ended = await run.EndAsync();
        proxy.HasCut.ShouldBeTrue();
        ended.Code.ShouldBe(0, ended.ToString());
        ended.Output.ShouldContain("no word of it came through");
        await sample.CheckAsync(database, ended.ToString());
    }

    [Fact]
    public async Task TheApplicationIsKilled()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        var ended = await KilledAsync(database, Target.Agent);
        ended.Code.ShouldBe(4, ended.ToString());
        ended.Error.ShouldMatch(@"(^|\n)  [^\n]*exit code 137[^\n]*\n  → [^\n]*apply --resume[^\n]*\n$");

        var resumed = await ResumedAsync(database);
        resumed.Output.ShouldContain("run-goes-on");
        await sample.CheckAsync(database, "resumed");
    }

    [Fact]
    public async Task AMigrationThatEndsItsSessionIsNotTriedForEver()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        await using var run = ApplyRun.Start(tool, sample.Project, database.ConnectionString, ["apply", "--json", .. RenamedSample.Naming(WrittenMigration.Fatal.Pattern)]);
        var ended = await run.EndAsync();
        ended.Code.ShouldBe(4, ended.ToString());
        ended.Error.ShouldContain("Fatal has lost its connection 5 times: ");
        ended.Error.ShouldContain("apply --resume");
        (await Sessions.LastEntryAsync(database)).ShouldBe("run-ended Failed");
        await Sessions.NoneAsync(database, "failed");
    }

    /// <summary>As an old server leaves it: the client is dead, and its statement runs on and keeps the lock.</summary>
    [Fact]
    public async Task WhatADeadRunLeftIsEnded()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        await KilledAsync(database, Target.Group);
        var dead = (await database.LinesAsync("SELECT run FROM safe_migrate.journal WHERE kind = 'run-started'"))[0];
        await using var orphan = await Held.OpenAsync(database, "SELECT pg_advisory_lock(23294, 19734)", $"safe-migrate {dead}");
        await using var bystander = await Held.OpenAsync(database, "SELECT 1", "safe-migrate 0123456789ab");

        await ResumedAsync(database);
        await Should.ThrowAsync<Npgsql.PostgresException>(() => orphan.ExecuteAsync("SELECT 1"));
        await bystander.ExecuteAsync("SELECT 1");
        await sample.CheckAsync(database, "resumed");
    }

    [Fact]
    public async Task ARightIsTakenAway()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        await using var role = await MigratingRole.CreateAsync(database);
        await using var reader = await Held.OpenAsync(database, """BEGIN; LOCK TABLE "Customers" IN ACCESS SHARE MODE""");
        await using var run = sample.Apply(tool, database, role.ConnectionString);
        await run.MustAsync("step-put-off");
        await role.RevokeAsync();
        await reader.ExecuteAsync("COMMIT");
        var ended = await run.EndAsync();
        ended.Code.ShouldBe(3, ended.ToString());
        ended.Error.ShouldContain("permission denied");
        (await Sessions.LastEntryAsync(database)).ShouldBe("run-ended Failed");

        await role.GrantAsync();
        await ResumedAsync(database, role.ConnectionString);
        await sample.CheckAsync(database, "granted again");
    }

    /// <summary>In the backfill, and nothing of it is left on the server.</summary>
    private async Task<ShellResult> KilledAsync(PhasedDatabase database, Target target)
    {
        await using var run = sample.Apply(tool, database, null, sample.Slowly);
        await run.MustAsync("backfill");
        run.Signal(ApplyRun.Kill, target);
        var ended = await run.EndAsync();
        await Sessions.NoneAsync(database, "killed");
        return ended;
    }

    private async Task<ShellResult> ResumedAsync(PhasedDatabase database, string? connection = null)
    {
        await using var again = sample.Apply(tool, database, connection, "--resume");
        var resumed = await again.EndAsync();
        resumed.Code.ShouldBe(0, resumed.ToString());
        return resumed;
    }
}
