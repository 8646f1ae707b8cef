using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Rollbacks;

/// <summary>Both releases have written for a while; the new one is taken back, and what it wrote is in the old shape. After the contract only a backup is left.</summary>
[Collection(nameof(RenamedSample))]
public sealed class PhasesGoBack(InstalledTool tool, RenamedSample sample) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-backups-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task AThousandWritesOfTheNewReleaseAreInTheOldShape()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync(atGate: true);
        await using var old = await sample.CopyAsync();
        await WriteAsync(database);
        var planned = await RunAsync(database, "rollback", PhasedSample.Initial, "--plan-only");
        planned.Code.ShouldBe(0, planned.ToString());
        planned.Output.ShouldContain("The old shape was kept up all the time");
        planned.Output.ShouldContain("It loses nothing.");
        planned.Output.ShouldContain("Customers.FullName is dropped, and 0 rows have a value there that the old shape does not say.");

        var back = await RunAsync(database, "rollback", PhasedSample.Initial);
        back.Code.ShouldBe(0, back.ToString());
        back.Output.ShouldContain("The schema is what it was ");
        (await database.LinesAsync("SELECT count(*) FROM \"Customers\" WHERE \"Name\" LIKE 'Written %' AND \"Code\" LIKE 'N-%'")).ShouldBe(["500"]);
        (await database.LinesAsync("SELECT count(*) FROM \"Customers\" WHERE \"Name\" LIKE 'Changed %' AND \"Code\" LIKE 'C-%'")).ShouldBe(["500"]);
        (await Catalogue.SchemaAsync(database)).ShouldBe(await Catalogue.SchemaAsync(old));
        await database.ExecuteAsync("INSERT INTO \"Customers\" (\"Name\", \"Code\", \"Balance\", \"HomeRegionId\") VALUES ('Of the old release', 'O-1', 0, 1)");
        await using var again = sample.Apply(tool, database);
        (await again.EndAsync()).Code.ShouldBe(0);
    }

    [Fact]
    public async Task BehindTheContractOnlyABackupIsLeft()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync(atGate: true);
        var backup = Path.Combine(folder, "before");
        (await RunAsync(database, "backup", "--output", backup)).Code.ShouldBe(0);
        var (schema, data) = (await Catalogue.SchemaAsync(database), await Catalogue.DataAsync(database, []));
        await using (var contract = sample.Contract(tool, database))
        {
            (await contract.EndAsync()).Code.ShouldBe(0);
        }
        await WriteAsync(database);
        var state = await GuardedNotes.StateAsync(database);
        var refused = await RunAsync(database, "rollback", sample.Gate.Migrations[^1]);
        refused.Code.ShouldBe(3, refused.ToString());
        refused.Error.ShouldContain("took the old shape away, and what was written since is in the new one alone");
        refused.Error.ShouldMatch(@"Restoring the backup of \d{4}-\d\d-\d\d \d\d:\d\d UTC is the only way, and loses: .*at least 500 rows are lost");
        refused.Error.ShouldContain($"  → dotnet safe-migrate rollback {sample.Gate.Migrations[^1]} --backup {backup}\n");
        Directory.Move(backup, $"{backup}-elsewhere");
        var unknown = await RunAsync(database, "rollback", sample.Gate.Migrations[^1]);
        unknown.Code.ShouldBe(3, unknown.ToString());
        unknown.Error.ShouldContain("Restoring a backup is the only way, and the journal knows of none that was proven before.");
        unknown.Error.ShouldContain($"  → dotnet safe-migrate rollback {sample.Gate.Migrations[^1]} --backup DIR");
        Directory.Move($"{backup}-elsewhere", backup);

        var planned = await RunAsync(database, "rollback", "--backup", backup, "--plan-only");
        planned.Code.ShouldBe(0, planned.ToString());
        planned.Output.ShouldContain("at least 500 rows are lost; whatever else was written there since is lost too.");
        var unnamed = await RunAsync(database, "rollback", "--backup", backup);
        unnamed.Code.ShouldBe(3, unnamed.ToString());
        unnamed.Error.ShouldContain($"--expect-database {database.Name}   when that is meant");
        (await RunAsync(database, "rollback", PhasedSample.Initial, "--backup", backup)).Error.ShouldContain("and you want to go back to 20260112093000_Initial");
        (await GuardedNotes.StateAsync(database)).ShouldBe(state);

        var restored = await RunAsync(database, "rollback", sample.Gate.Migrations[^1], "--backup", backup, "--expect-database", database.Name, "--reason", "the contract was too early");
        restored.Code.ShouldBe(0, restored.ToString());
        restored.Output.ShouldContain("each as it was backed up");
        (await Catalogue.SchemaAsync(database)).ShouldBe(schema);
        (await Catalogue.DataAsync(database, [])).ShouldBe(data);
        (await database.LinesAsync("""
            SELECT kind || coalesce(' ' || (entry::json ->> 'outcome'), '') FROM safe_migrate.journal
            WHERE run = (SELECT run FROM safe_migrate.journal ORDER BY number DESC LIMIT 1) ORDER BY number
            """)).ShouldBe(["run-started", "overridden", "backup-restored", "run-ended Done"]);
        (await database.LinesAsync("SELECT entry::json ->> 'reason' FROM safe_migrate.journal WHERE kind = 'overridden' ORDER BY number DESC LIMIT 1"))[0].ShouldContain("at least 500 rows are lost");
    }

    /// <summary>Killed in each of its migrations: status says what to do, and the same command ends what was begun.</summary>
    [Fact]
    public async Task KilledAtEveryStep()
    {
        await sample.ReadyAsync(tool);
        await using var old = await sample.CopyAsync();
        var schema = await Catalogue.SchemaAsync(old);
        string[] moments = ["rollback", "run-began", .. sample.Gate.Migrations.Skip(1).Reverse().SelectMany(id => new[] { $"step-began {id}", $"step-done {id}" })];
        var chosen = RenamedSample.Full ? moments : [moments[Environment.TickCount % 2 == 0 ? 2 : 4], moments[^2]];
        foreach (var (moment, at) in chosen.Select((moment, at) => (moment, at)))
        {
            await using var database = await sample.CopyAsync(atGate: true);
            await using (var run = ApplyRun.Start(tool, sample.Project, database.ConnectionString, ["rollback", PhasedSample.Initial, "--json", .. RenamedSample.Of]))
            {
                var words = moment.Split(' ');
                await run.MustAsync(words[0], words.Length > 1 ? words[1] : "");
                run.Signal(ApplyRun.Kill, (Target)(at % 3));
                await run.EndAsync();
            }
            await Applying.Sessions.NoneAsync(database, moment);
            var applied = await RenamedSample.AppliedAsync(database);
            var next = await RunAsync(database, "rollback", PhasedSample.Initial);
            next.Code.ShouldBe(0, $"{moment}, {applied.Count} were applied\n{next}");
            (await RenamedSample.AppliedAsync(database)).ShouldBe([PhasedSample.Initial], moment);
            (await Catalogue.SchemaAsync(database)).ShouldBe(schema, moment);
            (await database.LinesAsync("SELECT run FROM safe_migrate.journal GROUP BY run HAVING count(*) FILTER (WHERE kind = 'run-started') <> count(*) FILTER (WHERE kind = 'run-ended')")).ShouldBeEmpty(moment);
            (await database.LinesAsync("SELECT entry::json ->> 'migration' FROM safe_migrate.journal WHERE kind = 'step-undone' ORDER BY 1")).ShouldBe([.. sample.Gate.Migrations.Skip(1)], moment);
            (await database.LinesAsync("SELECT count(*) FROM safe_migrate.checkpoint")).ShouldBe(["0"], moment);
            await Applying.Sessions.NoneAsync(database, moment);
        }
    }

    /// <summary>What a killed restore has left is no loss, and the same command ends it.</summary>
    [Fact]
    public async Task KilledWhileABackupIsRestored()
    {
        await sample.ReadyAsync(tool);
        var backup = Path.Combine(folder, "whole");
        await using var database = await sample.CopyAsync(atGate: true);
        (await RunAsync(database, "backup", "--output", backup)).Code.ShouldBe(0);
        var (schema, data) = (await Catalogue.SchemaAsync(database), await Catalogue.DataAsync(database, []));
        for (var time = 0; time < (RenamedSample.Full ? 8 : 2); time++)
        {
            string[] arguments = ["rollback", "--backup", backup, "--expect-database", database.Name, .. RenamedSample.Of];
            await using (var run = Scratches.ScratchRun.Start(tool, sample.Project, database.ConnectionString, folder, arguments))
            {
                await run.UntilAsync(time % 2 == 0 ? "is empty now" : "Restoring into");
                await Task.Delay(Random.Shared.Next(400));
                await run.KillAsync(group: time % 4 < 2);
            }
            var again = await RunAsync(database, "rollback", "--backup", backup, "--expect-database", database.Name);
            again.Code.ShouldBe(0, $"time {time}\n{again}");
            (await Catalogue.SchemaAsync(database)).ShouldBe(schema, $"time {time}");
            (await Catalogue.DataAsync(database, [])).ShouldBe(data, $"time {time}");
            await Applying.Sessions.NoneAsync(database, $"time {time}");
        }
    }

    /// <summary>Half of it comes, half of it changes.</summary>
    private static Task WriteAsync(PhasedDatabase database) => database.ExecuteAsync("""
        INSERT INTO "Customers" ("FullName", "Code", "Balance", "HomeRegionId") SELECT 'Written ' || i, 'N-' || i, 0, 1 FROM generate_series(1, 500) i;
        UPDATE "Customers" SET "FullName" = 'Changed ' || "Id" WHERE "Id" <= 500;
        """);

    private async Task<ShellResult> RunAsync(PhasedDatabase database, string verb, params string[] arguments) =>
        (await tool.RunAsync(sample.Project, [verb, .. arguments, .. RenamedSample.Of], environment: new Dictionary<string, string> { ["PHASES"] = database.ConnectionString })).Unwrapped();
}
