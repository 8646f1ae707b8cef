using System.Diagnostics;
using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Scratches;

/// <summary>SIGKILL while a scratch database is made, filled and used: the next run clears away what is left, and the real database is as it was.</summary>
[Collection(nameof(RenamedSample))]
public sealed class KilledScratches(InstalledTool tool, RenamedSample sample)
{
    private const int Interrupt = 2;

    /// <summary>Made, schema in, filling, handed out.</summary>
    private static readonly string[] Stages = ["Scratch database", "as in the source", "Customers: ", " rows in ", "empty_one: "];

    [Fact]
    public async Task OnTheSameServer()
    {
        await sample.ReadyAsync(tool);
        await using var database = await PreparedAsync();
        await KillAsync(database, database.ConnectionString, RenamedSample.Full ? Stages : [Stages[1], Stages[4]], OnServerAsync);
    }

    [Fact]
    public async Task OnAPrivateServer()
    {
        await sample.ReadyAsync(tool);
        await using var database = await PreparedAsync();
        await using var role = await MigratingRole.CreateAsync(database);
        await KillAsync(database, role.ConnectionString, RenamedSample.Full ? Stages : [Stages[2]], (_, _) => Task.FromResult(0L));
    }

    [Fact]
    public async Task AmidARehearsal()
    {
        await sample.ReadyAsync(tool);
        await using var database = await PreparedAsync();
        string[] rehearsal = ["rehearse", "--sample", "50%", .. RenamedSample.Of];
        await KillAsync(database, database.ConnectionString, RenamedSample.Full ? ["1Expand", "2Backfill", "3Constrain1", "4Contract"] : ["2Backfill"], OnServerAsync, rehearsal);
    }

    [Fact]
    public async Task StoppedByCtrlC()
    {
        await sample.ReadyAsync(tool);
        await using var database = await PreparedAsync();
        var temporary = Temporary();
        await using var run = Start(database.ConnectionString, temporary);
        var name = NameIn(await run.UntilAsync(Stages[0]));
        await run.UntilAsync(Stages[2]);
        run.Signal(Interrupt);
        var ended = await run.EndAsync();
        ended.Code.ShouldBe(3, ended.ToString());
        ended.Error.ShouldMatch($"{name}@[^ ]+ is gone");
        (await OnServerAsync(database, name)).ShouldBe(0);
        Ours(temporary).ShouldBeEmpty();
    }

    private async Task KillAsync(PhasedDatabase database, string connection, string[] stages, Func<PhasedDatabase, string, Task<long>> count, string[]? arguments = null)
    {
        var temporary = Temporary();
        var before = await DigestAsync(database);
        for (var time = 0; time < stages.Length; time++)
        {
            var what = $"killed at `{stages[time]}`";
            string where;
            await using (var run = arguments is null ? Start(connection, temporary) : ScratchRun.Start(tool, sample.Project, connection, temporary, arguments))
            {
                where = await run.UntilAsync(Stages[0]);
                if (stages[time] != Stages[0])
                {
                    await run.UntilAsync(stages[time]);
                }
                await run.KillAsync(group: time % 2 == 0);
            }
            (await DigestAsync(database)).ShouldBe(before, what);
            await using var next = Start(connection, temporary, "10");
            var ended = await next.EndAsync();
            ended.Code.ShouldBe(0, $"{what}\n{ended}");
            // Of a shared server another test's run may have been quicker; this folder is nobody else's.
            if (connection != database.ConnectionString)
            {
                ended.Error.ShouldContain("Cleared away", customMessage: what);
            }
            (await count(database, NameIn(where))).ShouldBe(0, what);
            Ours(temporary).ShouldBeEmpty(what);
            Running(temporary).ShouldBe(0, what);
            (await DigestAsync(database)).ShouldBe(before, what);
        }
        Directory.Delete(temporary, recursive: true);
    }

    private ScratchRun Start(string connection, string temporary, string rows = "3000000") =>
        ScratchRun.Start(tool, sample.Project, connection, temporary, ["seed", "empty_one", "--rows", rows, "--scratch", "auto", "--sample", "50%", .. RenamedSample.Of]);

    private async Task<PhasedDatabase> PreparedAsync()
    {
        var database = await sample.CopyAsync();
        await database.ExecuteAsync("CREATE TABLE empty_one (id int PRIMARY KEY, note text)");
        return database;
    }

    private static async Task<string> DigestAsync(PhasedDatabase database) =>
        string.Join('\n', [.. await Catalogue.SchemaAsync(database), .. await Catalogue.DataAsync(database, [])]);

    private static string NameIn(string line) => line.Trim().Split(' ')[2].Split('@')[0];

    private static async Task<long> OnServerAsync(PhasedDatabase database, string name) =>
        long.Parse((await database.LinesAsync($"SELECT count(*) FROM pg_database WHERE datname = '{name}'"))[0], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Which everybody may enter, as temporary folders are.</summary>
    private static string Temporary()
    {
        var folder = Directory.CreateTempSubdirectory("sm-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        }
        return folder;
    }

    private static string[] Ours(string temporary) => Directory.GetFileSystemEntries(temporary, "safe-migrate-*");

    private static int Running(string folder) => Process.GetProcesses().Count(process =>
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(folder, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    });
}
