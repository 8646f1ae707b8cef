using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>Whoever changes the journal is found out, and only a person with a reason goes on.</summary>
[Collection(nameof(RenamedSample))]
public sealed class JournalIsKept(InstalledTool tool, RenamedSample sample)
{
    [Theory]
    [InlineData("UPDATE safe_migrate.journal SET entry = replace(entry, 'Done', 'Failed') WHERE kind = 'run-ended'")]
    [InlineData("UPDATE safe_migrate.journal SET run = 'another' WHERE number = 2")]
    [InlineData("DELETE FROM safe_migrate.journal WHERE number = 2")]
    [InlineData("DELETE FROM safe_migrate.journal WHERE number = (SELECT max(number) FROM safe_migrate.journal)")]
    public async Task ChangesAreRefusedAndFound(string tampering)
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync(atGate: true);
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => database.ExecuteAsync(tampering))).Message.ShouldContain("only added to");
        await database.ExecuteAsync($"ALTER TABLE safe_migrate.journal DISABLE TRIGGER USER; {tampering}");
        Found(await RunAsync(database, "status"));
    }

    [Fact]
    public async Task OnlyAPersonWithAReasonGoesOn()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync(atGate: true);
        await database.ExecuteAsync("ALTER TABLE safe_migrate.journal DISABLE TRIGGER USER; DELETE FROM safe_migrate.journal WHERE number = 2");
        Found(await RunAsync(database, "apply"));
        (await RunAsync(database, "repair", "journal")).Code.ShouldBe(2, "a reason is asked for");
        var repaired = await RunAsync(database, "repair", "journal", "--reason", "a test did it");
        repaired.Code.ShouldBe(0, repaired.Error);
        (await database.LinesAsync("SELECT entry FROM safe_migrate.journal WHERE kind = 'journal-repaired'")).Single().ShouldContain("a test did it");
        await using var rest = sample.Contract(tool, database);
        var ended = await rest.EndAsync();
        ended.Code.ShouldBe(0, ended.ToString());

        // What was repaired once is sealed: a later change to it is found as well.
        await database.ExecuteAsync("ALTER TABLE safe_migrate.journal DISABLE TRIGGER USER; UPDATE safe_migrate.journal SET entry = '{}' WHERE number = 1");
        Found(await RunAsync(database, "status"));
    }

    [Fact]
    public async Task AKilledRunIsClosedByTheNextEvenWhenNothingIsLeft()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync(atGate: true);
        // The last migration is recorded, and the run dies before it can say so.
        await using var reader = await Held.OpenAsync(database, """BEGIN; LOCK TABLE "Customers" IN ACCESS SHARE MODE""");
        await using var run = sample.Contract(tool, database);
        await run.MustAsync("step-put-off");
        await using var silence = await Held.OpenAsync(database, "BEGIN; LOCK TABLE safe_migrate.journal IN EXCLUSIVE MODE");
        await reader.ExecuteAsync("COMMIT");
        for (var left = 600; left > 0 && (await RenamedSample.AppliedAsync(database)).Count < sample.End.Migrations.Count; left--)
        {
            await Task.Delay(50);
        }
        run.Signal(ApplyRun.Kill, Target.Group);
        await run.EndAsync();
        await silence.ExecuteAsync("COMMIT");
        await Sessions.NoneAsync(database, "killed");
        var status = await sample.StatusAsync(tool, database);
        (status.State, status.OpenStep, status.OpenStepIsDone).ShouldBe(("Interrupted", sample.End.Migrations[^1], true));
        status.Elsewhere.ShouldBe([sample.End.Migrations[0]], "it was there before");

        await using var again = sample.Apply(tool, database, null, "--resume");
        var resumed = await again.EndAsync();
        resumed.Code.ShouldBe(0, resumed.ToString());
        await sample.CheckAsync(database, "closed", sample.End);
        (await Sessions.LastEntryAsync(database)).ShouldBe("run-ended Interrupted");
        (await sample.StatusAsync(tool, database)).OpenStep.ShouldBeNull();
    }

    private Task<ShellResult> RunAsync(PhasedDatabase database, params string[] command) => tool.RunAsync(
        sample.Project, [.. command, .. RenamedSample.Of], environment: new Dictionary<string, string> { ["PHASES"] = database.ConnectionString });

    private static void Found(ShellResult result)
    {
        result.Code.ShouldBe(4, result.Output + result.Error);
        result.Error.ShouldContain("is not what was written");
        result.Error.ShouldContain("repair journal --reason");
    }
}
