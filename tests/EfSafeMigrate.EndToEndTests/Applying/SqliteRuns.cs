using System.Globalization;
using Microsoft.Data.Sqlite;
using static EfSafeMigrate.EndToEndTests.Applying.SqliteFile;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>Whole runs on a file: rebuilds of tables in one go, killed in between, resumed; and the lease that stands for a lock.</summary>
[Collection(nameof(FilesOfSqliteCollection))]
public sealed class SqliteRuns(InstalledTool tool)
{
    private static readonly SemaphoreSlim Preparing = new(1);
    private static string project = "";
    private static string filled = "";

    [Fact]
    public async Task KilledInBetween()
    {
        await ReadyAsync();
        var whole = Fresh("whole");
        await using (var run = Apply(whole))
        {
            var ended = await run.EndAsync();
            ended.Code.ShouldBe(0, ended.ToString());
        }
        var migrations = Lines(whole, "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY 1");
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var time = 0; time < (RenamedSample.Full ? 15 : 2); time++)
        {
            // Once when nothing is left to apply but the run's end to be written.
            var at = time == 0 ? migrations[^1] : migrations[1 + random.Next(migrations.Count - 1)];
            var what = $"seed {seed}, time {time}, at {at}";
            var file = Fresh($"killed{time}");
            await using (var run = Apply(file))
            {
                await run.MustAsync(time == 0 ? "step-done" : "command-began", $"\"migration\":\"{at}\"");
                run.Signal(ApplyRun.Kill, (Target)(time % 3));
                await run.EndAsync();
            }
            await using var again = Apply(file, "--resume");
            var resumed = await again.EndAsync();
            resumed.Code.ShouldBe(0, $"{what}\n{resumed}");
            Contents(file).ShouldBe(Contents(whole), what);
            Lines(file, "SELECT json_extract(entry, '$.migration') FROM __safe_migrate_journal WHERE kind = 'step-ended' ORDER BY 1").ShouldBe(migrations, what);
            Lines(file, "SELECT run FROM __safe_migrate_journal GROUP BY run HAVING sum(kind = 'run-started') <> sum(kind = 'run-ended')").ShouldBeEmpty(what);
        }
    }

    [Fact]
    public async Task ALiveOwnerIsNamedAndADeadOneTakenOver()
    {
        await ReadyAsync();
        var file = Fresh("owned");
        Execute(file, "INSERT INTO __safe_migrate_lock VALUES (1, 'another', 'elsewhere', 4711, '2026-01-02T03:04:05Z', CAST(strftime('%s', 'now') AS INTEGER) + 60)");
        await using (var run = Apply(file, "--lock-wait", "0"))
        {
            var busy = await run.EndAsync();
            busy.Code.ShouldBe(3, busy.ToString());
            busy.Error.ShouldContain("process 4711 from elsewhere, since 2026-01-02 03:04:05 UTC");
        }
        // A dead process of this machine: known without waiting for its silence.
        Execute(file, $"UPDATE __safe_migrate_lock SET host = '{Environment.MachineName}', pid = 2147483000, beat = CAST(strftime('%s', 'now') AS INTEGER) - 6");
        await using (var run = Apply(file, "--lock-wait", "0"))
        {
            var ended = await run.EndAsync();
            ended.Code.ShouldBe(0, ended.ToString());
        }
        // A silent process of another machine.
        var silent = Fresh("silent");
        Execute(silent, "INSERT INTO __safe_migrate_lock VALUES (1, 'another', 'elsewhere', 4711, '2026-01-02T03:04:05Z', CAST(strftime('%s', 'now') AS INTEGER) - 60)");
        await using (var run = Apply(silent, "--lock-wait", "0"))
        {
            var ended = await run.EndAsync();
            ended.Code.ShouldBe(0, ended.ToString());
        }
    }

    [Fact]
    public async Task AScratchDatabaseThatWasKilledIsClearedAway()
    {
        await ReadyAsync();
        var file = Fresh("scratched");
        Execute(file, "CREATE TABLE empty_one (id INTEGER PRIMARY KEY, note TEXT)");
        var (before, temporary) = (Contents(file), Path.Combine(tool.Scratch, "temporary"));
        Directory.CreateDirectory(temporary);
        foreach (var stage in RenamedSample.Full ? ["Scratch database", "as in the source", "Members: ", " rows in ", "empty_one: "] : new[] { "Members: ", "empty_one: " })
        {
            await using (var run = Seed("3000000"))
            {
                await run.UntilAsync(stage);
                await run.KillAsync(group: stage.StartsWith('M'));
            }
            Directory.GetDirectories(temporary, "safe-migrate-scratch-*").Length.ShouldBe(1, stage);
            await using var next = Seed("10");
            var ended = await next.EndAsync();
            ended.Code.ShouldBe(0, $"{stage}\n{ended}");
            ended.Error.ShouldContain("Cleared away", customMessage: stage);
            Directory.GetFileSystemEntries(temporary, "safe-migrate-*").ShouldBeEmpty(stage);
            Contents(file).ShouldBe(before, stage);
        }

        Scratches.ScratchRun Seed(string rows) => Scratches.ScratchRun.Start(tool, project, "", temporary,
            ["seed", "empty_one", "--rows", rows, "--scratch", "auto", "--sample", "50%", "--no-build", "--connection", $"Data Source={file}"]);
    }

    [Fact]
    public async Task TwoAtOnce()
    {
        await ReadyAsync();
        var file = Fresh("two");
        await using var first = Apply(file, "--lock-wait", "300");
        await using var second = Apply(file, "--lock-wait", "300");
        var (one, two) = (await first.EndAsync(), await second.EndAsync());
        new[] { one.Code, two.Code }.ShouldContain(0, $"{one}\n{two}");
        new[] { one.Code, two.Code }.ShouldBeSubsetOf([0, 3], $"{one}\n{two}");
        Lines(file, "SELECT json_extract(entry, '$.migration') FROM __safe_migrate_journal WHERE kind = 'step-ended' ORDER BY 1")
            .ShouldBe(Lines(file, "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY 1"));
    }

    /// <summary>A machine that slept: its run wakes up when another one has gone on and ended.</summary>
    [Fact]
    public async Task AnOwnerThatStoodStillIsNotASecondOne()
    {
        await ReadyAsync();
        var (file, whole) = (Fresh("frozen"), Fresh("undisturbed"));
        await using (var run = Apply(whole))
        {
            (await run.EndAsync()).Code.ShouldBe(0);
        }
        // A hook holds every run after each migration until it may go on.
        var (settings, go) = (Path.Combine(project, ".config", "safe-migrate.json"), Path.Combine(tool.Scratch, "frozen.go"));
        Directory.CreateDirectory(Path.GetDirectoryName(settings)!);
        await File.WriteAllTextAsync(settings, $$"""{ "schemaVersion": 1, "hooks": { "after-migration": "until [ -e '{{go}}' ]; do sleep 0.05; done" } }""");
        await using var first = Apply(file);
        await first.MustAsync("step-done");
        await FreezeAsync(first, file);
        await File.WriteAllTextAsync(go, "");
        await using var second = Apply(file);
        var taken = await second.EndAsync();
        taken.Code.ShouldBe(0, taken.ToString());
        File.Delete(settings);
        first.Signal(ApplyRun.Continue, Target.Group);
        var woken = await first.EndAsync();
        woken.Code.ShouldBe(3, woken.ToString());
        woken.Error.ShouldContain("another one has taken its place");
        Contents(file).ShouldBe(Contents(whole), woken.ToString());
        var applied = Lines(file, "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY 1");
        Lines(file, "SELECT json_extract(entry, '$.migration') FROM __safe_migrate_journal WHERE kind = 'step-ended' ORDER BY 1").ShouldBe(applied);
        Lines(file, "SELECT json_extract(entry, '$.outcome') FROM __safe_migrate_journal WHERE kind = 'run-ended' ORDER BY number").ShouldBe(["Done", "Interrupted", "Done"]);
    }

    /// <summary>Stands still where it is not writing, and is silent for a minute.</summary>
    private static async Task FreezeAsync(ApplyRun run, string file)
    {
        for (; ; await Task.Delay(5))
        {
            run.Signal(ApplyRun.Stop, Target.Group);
            try
            {
                Lines(file, "UPDATE __safe_migrate_lock SET beat = beat - 60 RETURNING run").Count.ShouldBe(1, "it is still at work");
                return;
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode == 5)
            {
                run.Signal(ApplyRun.Continue, Target.Group);
            }
        }
    }

    /// <summary>The same by sqlite3, without the tool; EF's own script stops between a table's copy and its swap, and then no more.</summary>
    [Fact]
    public async Task AScriptEndsLikeARun()
    {
        await ReadyAsync();
        var whole = Fresh("whole-again");
        await using (var run = Apply(whole))
        {
            (await run.EndAsync()).Code.ShouldBe(0);
        }
        var folder = Path.Combine(tool.Scratch, "library-scripts");
        var written = await tool.RunAsync(project, ["script", "--no-build", "-o", folder]);
        written.Code.ShouldBe(0, written.Error);
        var script = Directory.GetFiles(folder).ShouldHaveSingleItem();
        var file = Fresh("scripted");
        for (var time = 0; time < 2; time++)
        {
            var ran = await Shell.RunAsync(folder, "sh", ["-c", $"sqlite3 '{file}' < '{script}'"]);
            ran.Code.ShouldBe(0, ran.Output + ran.Error);
            Contents(file).ShouldBe(Contents(whole));
            Lines(file, "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY 1").ShouldBe(Lines(whole, "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY 1"));
        }

        var (theirs, ef) = (Fresh("of-ef"), await DotnetEf.InstallAsync("10.0.14"));
        await ef.SucceedAsync(project, ["migrations", "script", "Initial", "--no-build", "--output", Path.Combine(folder, "of-ef.sql")]);
        var text = await File.ReadAllTextAsync(Path.Combine(folder, "of-ef.sql"));
        await File.WriteAllTextAsync(Path.Combine(folder, "half.sql"), text[..text.IndexOf("PRAGMA foreign_keys = 0", StringComparison.Ordinal)]);
        (await Shell.RunAsync(folder, "sh", ["-c", $"sqlite3 -bail '{theirs}' < half.sql"])).Code.ShouldBe(0);
        Lines(theirs, "SELECT count(*) FROM sqlite_master WHERE name LIKE 'ef_temp%'").ShouldBe(["1"]);
        (await Shell.RunAsync(folder, "sh", ["-c", $"sqlite3 -bail '{theirs}' < of-ef.sql"])).Code.ShouldNotBe(0);
    }

    [Fact]
    public async Task ABackupComesBack()
    {
        await ReadyAsync();
        var (file, back, folder) = (Fresh("backed-up"), Path.Combine(tool.Scratch, "restored.db"), Path.Combine(tool.Scratch, "library-backup"));
        var taken = await tool.RunAsync(project, ["backup", "--output", folder, "--no-build", "--connection", $"Data Source={file}"]);
        taken.Code.ShouldBe(0, taken.ToString());
        taken.Output.ShouldContain("Proven: restored, it was the same");
        // Into a file that is not there, and again over what is in it by then.
        foreach (var (more, code) in new (string[] More, int Code)[] { ([], 0), ([], 3), (["--confirm", "main"], 0) })
        {
            var restored = await tool.RunAsync(project, ["restore", folder, "--no-build", "--connection", $"Data Source={back}", .. more]);
            restored.Code.ShouldBe(code, restored.ToString());
            Contents(back).ShouldBe(Contents(file));
        }
    }

    private async Task ReadyAsync()
    {
        await Preparing.WaitAsync();
        try
        {
            if (filled.Length > 0)
            {
                return;
            }
            SQLitePCL.Batteries_V2.Init();
            project = tool.Copy("Library");
            await Phases.PhasedSample.BuildAsync(project);
            var file = Path.Combine(tool.Scratch, "library.db");
            await using (var run = Apply(file, "--to", "Initial"))
            {
                var ended = await run.EndAsync();
                ended.Code.ShouldBe(0, ended.ToString());
            }
            Execute(file, """
                INSERT INTO Branches (Name, Address_Street, Address_City) VALUES ('Main', 'High Street', 'Town');
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                INSERT INTO Members (Number, Name, Email, Phone, Street, City, JoinedOn, Notifications)
                    SELECT 'M' || i, 'Member ' || i, 'm' || i || '@example.org', '+49 ' || i, 'Street ' || i, 'City', '2026-01-01 00:00:00', 'None' FROM n;
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                INSERT INTO Items (Title, ShelfMark, Kind) SELECT 'Title ' || i, 'S' || i, 'Book' FROM n;
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                INSERT INTO Copies (ItemId, BranchId, Condition, ShelfNumber) SELECT i, 1, 'Good', i FROM n;
                DELETE FROM __safe_migrate_lock;
                """);
            filled = file;
        }
        finally
        {
            Preparing.Release();
        }
    }

    private ApplyRun Apply(string file, params string[] arguments) => ApplyRun.Start(
        tool, project, "", ["apply", "--no-build", "--json", "--connection", $"Data Source={file}", .. Accepted(), .. arguments]);

    /// <summary>Losses are not what these tests are about.</summary>
    private static IEnumerable<string> Accepted() => Directory.GetFiles(project, "2*_*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetFileName(file).Split('.')[0]).Distinct().SelectMany(id => new[] { "--accept-data-loss", id });

    private string Fresh(string name)
    {
        var file = Path.Combine(tool.Scratch, $"{name}.db");
        using (var connection = Open(filled))
        {
            using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO $file";
            command.Parameters.AddWithValue("$file", file);
            command.ExecuteNonQuery();
        }
        return file;
    }
}
