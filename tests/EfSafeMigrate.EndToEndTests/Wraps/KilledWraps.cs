using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Backups;
using EfSafeMigrate.EndToEndTests.Phases;
using EfSafeMigrate.EndToEndTests.Scratches;

namespace EfSafeMigrate.EndToEndTests.Wraps;

/// <summary>SIGKILL and Ctrl+C before the first step of a run: the database is as it was, nothing is left that looks like a backup and is none, and the next run works.</summary>
[Collection(nameof(RenamedSample))]
public sealed class KilledWraps(InstalledTool tool, RenamedSample sample) : IDisposable
{
    private const int Interrupt = 2;

    /// <summary>Before the dump, at the proof, behind it, and twice at the rehearsal.</summary>
    private static readonly string[] Stages = ["Backing up into", "Scratch database", "The same: ", "1 of ", "2 of "];

    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-backups-").FullName;

    /// <summary>Stage, and whether it is killed with all that it started, or alone; null for Ctrl+C.</summary>
    public static TheoryData<string, bool?> Moments
    {
        get
        {
            if (!RenamedSample.Full)
            {
                return new() { { Stages[4], false }, { Stages[1], null } };
            }
            var all = new TheoryData<string, bool?>();
            Stages.SelectMany(stage => new bool?[] { false, true, null }.Select(how => (stage, how))).ToList().ForEach(moment => all.Add(moment.stage, moment.how));
            return all;
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task OnAServer(string stage, bool? group)
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        var before = await GuardedNotes.StateAsync(database);
        var temporary = Directory.CreateTempSubdirectory("sm-").FullName;
        string told;
        await using (var run = Start([.. stage == Stages[1] && group is null ? [(SlowPrograms.Variable, await SlowPrograms.FolderAsync("pg_restore", "pg_dump"))] : Array.Empty<(string, string)>()]))
        {
            await run.UntilAsync(stage);
            if (group is { } all)
            {
                await run.KillAsync(all);
            }
            else
            {
                run.Signal(Interrupt);
                var ended = await run.EndAsync();
                ended.Code.ShouldBe(3, ended.ToString());
                Directory.GetFileSystemEntries(temporary, "safe-migrate-*").ShouldBeEmpty();
            }
            told = run.Told;
        }
        (await GuardedNotes.StateAsync(database)).ShouldBe(before, told);
        // Behind the comparison it may have its name already.
        var whole = Whole();
        whole.ShouldBeInRange(stage.EndsWith(" of ", StringComparison.Ordinal) ? 1 : 0, Array.IndexOf(Stages, stage) < 2 ? 0 : 1, told);
        (group is null && Partial() > 0).ShouldBeFalse(told);

        await using var next = Start();
        var again = await next.EndAsync();
        again.Code.ShouldBe(0, $"{told}\n{again}");
        (Whole(), Partial()).ShouldBe((whole + 1, 0), told);
        await sample.CheckAsync(database, told);
        var names = $"{told}\n{again.Error}".Split('\n').Where(line => line.TrimStart().StartsWith("Scratch database ", StringComparison.Ordinal)).Select(line => line.Trim().Split(' ')[2].Split('@')[0]).ToArray();
        (await database.LinesAsync($"SELECT count(*) FROM pg_database WHERE datname = ANY ('{{{string.Join(',', names)}}}')")).ShouldBe(["0"], told);
        await Applying.Sessions.NoneAsync(database, told);
        Directory.GetFileSystemEntries(temporary, "safe-migrate-*").ShouldBeEmpty(told);
        Directory.Delete(temporary, recursive: true);

        ScratchRun Start(params (string Name, string Value)[] more) => ScratchRun.Start(tool, sample.Project, database.ConnectionString, temporary, ["apply", "--backup-dir", folder, .. RenamedSample.Of], more);
    }

    private int Whole() => Directory.GetDirectories(folder).Count(path => !path.Contains(".partial-", StringComparison.Ordinal) && File.Exists(Path.Combine(path, "manifest.json")));

    private int Partial() => Directory.GetDirectories(folder, "*.partial-*").Length;
}
