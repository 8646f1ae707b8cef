#pragma warning disable CA1416 // The tests run on Linux.
using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Phases;
using EfSafeMigrate.EndToEndTests.Scratches;

namespace EfSafeMigrate.EndToEndTests.Backups;

/// <summary>SIGKILL while a database is backed up or restored: nothing looks like a backup that is none, the source is as it was, and the next run works.</summary>
[Collection(nameof(RenamedSample))]
public sealed class KilledBackups(InstalledTool tool, RenamedSample sample) : IDisposable
{
    private const int Interrupt = 2;

    /// <summary>At the dump, behind it, at the proof, behind it.</summary>
    private static readonly string[] Stages = ["Writing: ", "Written: ", "Scratch database", "The same: "];

    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-backups-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task ABackup()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        var before = await DigestAsync(database);
        for (var time = 0; time < Stages.Length; time++)
        {
            if (!RenamedSample.Full && time % 2 == 1)
            {
                continue;
            }
            var what = $"killed at `{Stages[time]}`";
            await using (var run = Start(database, ["backup", "--output", Path.Combine(folder, "one")], time == 0 ? await SlowPrograms.FolderAsync("pg_dump", "pg_restore") : null))
            {
                await run.UntilAsync(Stages[time]);
                await run.KillAsync(group: time % 2 == 1);
            }
            Directory.Exists(Path.Combine(folder, "one")).ShouldBeFalse(what);
            Directory.GetFileSystemEntries(folder).ShouldAllBe(path => path.Contains("one.partial-", StringComparison.Ordinal) && !File.Exists(Path.Combine(path, "manifest.json")), what);
            (await DigestAsync(database)).ShouldBe(before, what);

            await using var next = Start(database, "backup", "--output", Path.Combine(folder, "one"));
            var ended = await next.EndAsync();
            ended.Code.ShouldBe(0, $"{what}\n{ended}");
            ended.Error.ShouldContain("Cleared away what a run that was killed left", customMessage: what);
            Directory.GetFileSystemEntries(folder).ShouldBe([Path.Combine(folder, "one")], what);
            await Applying.Sessions.NoneAsync(database, what);
            (await DigestAsync(database)).ShouldBe(before, what);
            Directory.Delete(Path.Combine(folder, "one"), recursive: true);
        }
    }

    [Fact]
    public async Task ABackupThatIsStopped()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        foreach (var stage in Stages.Skip(1))
        {
            await using var run = Start(database, ["backup", "--output", Path.Combine(folder, "one")], stage == Stages[^1] ? null : await SlowPrograms.FolderAsync("pg_restore", "pg_dump"));
            await run.UntilAsync(stage);
            run.Signal(Interrupt);
            var ended = await run.EndAsync();
            if (stage == Stages[^1] && ended.Code == 0)
            {
                // Nothing was left to stop.
                continue;
            }
            ended.Code.ShouldBe(3, $"{stage}\n{ended}");
            Directory.GetFileSystemEntries(folder).ShouldBeEmpty(stage);
        }
    }

    [Fact]
    public async Task ARestore()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        await using (var backup = Start(database, "backup", "--output", Path.Combine(folder, "one"), "--no-proof"))
        {
            (await backup.EndAsync()).Code.ShouldBe(0);
        }
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var time = 0; time < (RenamedSample.Full ? 12 : 2); time++)
        {
            var what = $"seed {seed}, time {time}";
            await using var restored = new PhasedDatabase("restored");
            await restored.CreateAsync();
            await using (var run = Start(restored, "restore", Path.Combine(folder, "one")))
            {
                await run.UntilAsync("Restoring into");
                await Task.Delay(random.Next(600));
                await run.KillAsync(group: time % 2 == 0);
            }
            var left = await restored.LinesAsync("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace");
            await using var next = Start(restored, "restore", Path.Combine(folder, "one"));
            var ended = await next.EndAsync();
            // A run that had come to its end before it was killed: what is there is somebody's.
            if (ended.Code == 3)
            {
                ended.Error.ShouldContain("which would be lost", customMessage: what);
            }
            else
            {
                ended.Code.ShouldBe(0, $"{what}, {left[0]} things were there\n{ended}");
            }
            (await DigestAsync(restored)).ShouldBe(await DigestAsync(database), what);
            (await restored.LinesAsync("SELECT shobj_description(oid, 'pg_database') IS NULL FROM pg_database WHERE datname = current_database()")).ShouldBe(["True"], what);
        }
    }

    private ScratchRun Start(PhasedDatabase database, params string[] arguments) => Start(database, arguments, null);

    private ScratchRun Start(PhasedDatabase database, string[] arguments, string? programs) => ScratchRun.Start(
        tool, sample.Project, database.ConnectionString, Directory.CreateTempSubdirectory("sm-").FullName, [.. arguments, .. RenamedSample.Of],
        programs is null ? [] : [(SlowPrograms.Variable, programs)]);

    private static async Task<string> DigestAsync(PhasedDatabase database) => string.Join('\n', [.. await Catalogue.SchemaAsync(database), .. await Catalogue.DataAsync(database, [])]);
}
