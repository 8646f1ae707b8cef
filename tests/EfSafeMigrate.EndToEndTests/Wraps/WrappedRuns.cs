#pragma warning disable CA1416 // The tests run on Linux.
using System.Security.Cryptography;
using System.Text.Json;
using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Phases;
using EfSafeMigrate.EndToEndTests.Scratches;

namespace EfSafeMigrate.EndToEndTests.Wraps;

/// <summary>What stands before the first step of a run on a server: a backup that came back whole, and a rehearsal on what came back.</summary>
[Collection(nameof(RenamedSample))]
public sealed class WrappedRuns(InstalledTool tool, RenamedSample sample) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-backups-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task AreBackedUpProvenAndRehearsed()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        var rows = await database.LinesAsync("""SELECT count(*) FROM "Customers" """);

        await using var run = ScratchRun.Start(
            tool, sample.Project, database.ConnectionString, folder, ["apply", "--backup-dir", Path.Combine(folder, "new", "backups"), .. RenamedSample.Of]);
        await run.UntilAsync("Restoring it");
        var second = await RunAsync(database, "apply", "--lock-wait", "0", "--backup-dir", Path.Combine(folder, "second"));
        second.Code.ShouldBe(3, second.ToString());
        second.Error.ShouldContain("Another run is at work on this database: process ");
        Directory.Exists(Path.Combine(folder, "second")).ShouldBeFalse();
        var applied = await run.EndAsync();

        applied.Code.ShouldBe(0, applied.ToString());
        applied.Output.ShouldMatch(@"\n  backup [\d.]+ [KM]B in [^·\n]+ · restored and compared in [^·\n]+ · proven\n  rehearsed up, down, up on the copy · releases work · longest lock about [^\n]+\n");
        await sample.CheckAsync(database, applied.ToString());
        var backup = Directory.GetDirectories(Path.Combine(folder, "new", "backups")).ShouldHaveSingleItem();
        File.GetUnixFileMode(backup).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var manifest = await File.ReadAllBytesAsync(Path.Combine(backup, "manifest.json"));
        var entries = await database.LinesAsync("SELECT entry FROM safe_migrate.journal WHERE kind IN ('backed-up', 'backup-proven', 'rehearsal-passed', 'run-started') ORDER BY number");
        var journal = entries.Select(entry => JsonDocument.Parse(entry).RootElement).ToArray();
        journal.Select(entry => entry.GetProperty("kind").GetString()).ShouldBe(["backed-up", "backup-proven", "rehearsal-passed", "run-started"]);
        foreach (var entry in journal.SkipLast(1))
        {
            entry.GetProperty("manifest").GetString().ShouldBe(Convert.ToHexString(SHA256.HashData(manifest)), StringCompareShould.IgnoreCase);
            entry.GetProperty("seconds").GetDouble().ShouldBeGreaterThan(0);
            entry.GetProperty(entry.GetProperty("kind").GetString() == "rehearsal-passed" ? "scratch" : "folder").GetString()!.ShouldNotBeEmpty();
        }
        var scratch = journal[1].GetProperty("scratch").GetString()!;
        journal[2].GetProperty("scratch").GetString().ShouldBe(scratch);
        (await database.LinesAsync($"SELECT count(*) FROM pg_database WHERE datname = '{scratch.Split('@')[0]}'")).ShouldBe(["0"]);
        using var told = JsonDocument.Parse(manifest);
        told.RootElement.GetProperty("tables").EnumerateArray().Single(table => table.GetProperty("table").GetString() == "public.Customers").GetProperty("rows").GetInt64().ToString().ShouldBe(rows[0]);

        // Nothing is pending, so nothing is wrapped; and the journal tells of the backup.
        (await RunAsync(database, "apply", "--backup-dir", Path.Combine(folder, "new", "backups"))).Code.ShouldBe(0);
        Directory.GetDirectories(Path.Combine(folder, "new", "backups")).Length.ShouldBe(1);
        var status = await RunAsync(database, "status");
        string.Concat(status.Output.Where(character => !char.IsWhiteSpace(character))).ShouldContain(backup);
        status.Output.ShouldContain("The last proven backup is of ");

        // By itself, a backup and its return are in the journal of a database that has one.
        (await RunAsync(database, "backup", "--output", Path.Combine(folder, "one"))).Code.ShouldBe(0);
        var restored = await RunAsync(database, "restore", Path.Combine(folder, "one"), "--confirm", database.Name);
        restored.Code.ShouldBe(0, restored.ToString());
        (await database.LinesAsync("SELECT kind FROM safe_migrate.journal ORDER BY number DESC LIMIT 1")).ShouldBe(["backup-restored"]);
        (await RunAsync(database, "status", "--json")).Output.ShouldContain("\"backup\":{");
    }

    /// <summary>The copy would be as half-done as the original, and a rehearsal begins each migration.</summary>
    [Fact]
    public async Task GoOnWithoutARehearsalAmidAMigrationInParts()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        await using (var run = sample.Apply(tool, database, null, "--batch-size", "300", "--pause-ms", "100"))
        {
            await run.MustAsync("backfill");
            run.Signal(ApplyRun.Kill, Target.Group);
            await run.EndAsync();
        }
        var resumed = await RunAsync(database, "apply", "--resume", "--backup-dir", folder);
        resumed.Code.ShouldBe(0, resumed.ToString());
        resumed.Error.ShouldContain("! No rehearsal before this run: RenameIndexed2Backfill is begun already, and a rehearsal would begin it again");
        resumed.Output.ShouldContain(" · proven\n");
        await sample.CheckAsync(database, resumed.ToString());
        (await database.LinesAsync("SELECT entry::json ->> 'what' FROM safe_migrate.journal WHERE kind = 'left-out' ORDER BY number DESC LIMIT 1")).ShouldBe(["rehearsal"]);
    }

    [Fact]
    public async Task AreRefusedBeforeAnythingIsTouched()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        var before = await GuardedNotes.StateAsync(database);
        var (file, old) = (Path.Combine(folder, "file"), Directory.CreateDirectory(Path.Combine(folder, "old")).FullName);
        await File.WriteAllTextAsync(file, "");
        await File.WriteAllTextAsync(Path.Combine(old, "pg_dump"), "#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n");
        File.SetUnixFileMode(Path.Combine(old, "pg_dump"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string[] there = ["apply", "--backup-dir", Path.Combine(folder, "backups")];

        await RefusedAsync(database, 2, "is older than the server", "--skip-backup \"why\"   applies without one", there, ("SAFE_MIGRATE_PGBIN", old));
        await RefusedAsync(database, 2, "No backup can be written to", "name a folder that can be written to", ["apply", "--backup-dir", Path.Combine(file, "below")]);
        await RefusedAsync(database, 2, "The backup command ended with exit code 1", "run it by itself", [.. there, "--backup-command", "false"]);
        await RefusedAsync(database, 3, "The backup is not proven: ", "--skip-backup", [.. there, "--scratch", "Host=127.0.0.1;Port=1;Database=none;Timeout=1"]);
        // Too small for the dump; what was written of it is gone.
        await using (var disk = await SmallDisk.MountAsync(Path.Combine(folder, "small"), kilobytes: 64))
        {
            await RefusedAsync(database, 3, "The backup takes up to ", "name a folder with more room", ["apply", "--backup-dir", disk.Path]);
        }
        foreach (var (what, next, more) in new (string, string, string[])[]
        {
            ("--skip-backup is not enough here: its journal marks it as protected", "\"backup\": \"skipped\" under \"protected\"", ["--skip-backup", "in a hurry"]),
            ("--backup-command, which nobody has seen come back, is not enough here", "\"backup\": \"attested\" under \"protected\"", ["--backup-command", "true"]),
            ("--skip-rehearsal is not enough here", "\"rehearsal\": \"skipped\" under \"protected\"", ["--skip-rehearsal", "in a hurry"]),
        })
        {
            await using var protectedOne = await sample.CopyAsync();
            (await RunAsync(protectedOne, "protect", "--reason", "customers are served from it")).Code.ShouldBe(0);
            var plan = await RunAsync(protectedOne, "apply", "--plan-only", "--json");
            var hash = JsonDocument.Parse(plan.Output.Split('\n').Single(line => line.Contains("\"event\":\"plan\"", StringComparison.Ordinal))).RootElement.GetProperty("hash").GetString()!;
            await RefusedAsync(protectedOne, 3, what, next, ["apply", "--expect-database", protectedOne.Name, "--approve", hash, .. more]);
        }
        (await GuardedNotes.StateAsync(database)).ShouldBe(before);
        Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Where(path => path.EndsWith("manifest.json", StringComparison.Ordinal) || path.Contains(".partial-", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private async Task RefusedAsync(PhasedDatabase database, int code, string says, string next, string[] arguments, params (string Name, string Value)[] more)
    {
        var before = await GuardedNotes.StateAsync(database);
        var result = await RunAsync(database, arguments, more);
        result.Code.ShouldBe(code, $"{string.Join(' ', arguments)}\n{result}");
        result.Error.ShouldContain(says);
        result.Error.Split('\n').Last(line => line.StartsWith("  → ", StringComparison.Ordinal)).ShouldContain(next);
        (await GuardedNotes.StateAsync(database)).ShouldBe(before);
    }

    private Task<ShellResult> RunAsync(PhasedDatabase database, params string[] arguments) => RunAsync(database, arguments, []);

    private Task<ShellResult> RunAsync(PhasedDatabase database, string[] arguments, (string Name, string Value)[] more) =>
        tool.RunAsItIsAsync(sample.Project, [.. arguments, .. RenamedSample.Of], environment: more.Append(("PHASES", database.ConnectionString)).ToDictionary(each => each.Item1, each => each.Item2));
}
