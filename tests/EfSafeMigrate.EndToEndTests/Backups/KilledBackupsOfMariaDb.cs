using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Scratches;

namespace EfSafeMigrate.EndToEndTests.Backups;

/// <summary>SIGKILL and Ctrl+C while a database of MariaDB is backed up: nothing looks like a backup that is none, nobody is kept from writing, and the next run works.</summary>
[Collection(nameof(RepositoriesCollection))]
public sealed class KilledBackupsOfMariaDb(InstalledTool tool) : IAsyncLifetime
{
    private const int Interrupt = 2;

    /// <summary>At the dump, which tells of itself after two seconds, behind it, at the proof, and behind that.</summary>
    private static readonly string[] Stages = ["Writing: ", "Restoring it", "Scratch database", "The same: "];

    private readonly MariaDb database = new("killed");
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-backups-").FullName;

    public async Task InitializeAsync()
    {
        await database.CreateAsync();
        await database.AskAsync("CREATE TABLE Notes (Id int AUTO_INCREMENT PRIMARY KEY, Title longtext NOT NULL)");
    }

    public async Task DisposeAsync()
    {
        await database.DropAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task AtEveryStage()
    {
        var (project, temporary) = (await BuildAsync(), Directory.CreateTempSubdirectory("sm-").FullName);
        await database.AskAsync("INSERT INTO Notes (Title) SELECT REPEAT(MD5(seq), 10) FROM seq_1_to_20000");
        var before = await database.AskAsync("CHECKSUM TABLE Notes");
        // Behind the proof nothing is left that could be stopped.
        var moments = RenamedSample.Full ? Stages.SelectMany(stage => new bool?[] { false, true, null }.Select(how => (stage, how))).Where(moment => moment.how is not null || moment.stage != Stages[^1]).ToArray() : [(Stages[2], false), (Stages[1], null)];
        foreach (var (stage, group) in moments)
        {
            var what = $"{stage}, {group?.ToString() ?? "Ctrl+C"}";
            string told;
            await using (var run = Start("one", slow: stage == Stages[0]))
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
                    ended.Code.ShouldBe(3, $"{what}\n{ended}");
                    Directory.GetFileSystemEntries(folder).ShouldBeEmpty(what);
                }
                told = run.Told;
            }
            Directory.Exists(Path.Combine(folder, "one")).ShouldBeFalse(what);
            (await database.AskAsync("SET lock_wait_timeout = 20; UPDATE Notes SET Title = 'x' WHERE Id = 0; CHECKSUM TABLE Notes")).ShouldBe(before, what);

            await using var next = Start("two", slow: false);
            var again = await next.EndAsync();
            again.Code.ShouldBe(0, $"{what}\n{again}");
            Directory.GetFileSystemEntries(folder).ShouldBe([Path.Combine(folder, "two")], what);
            Directory.Delete(Path.Combine(folder, "two"), recursive: true);
            foreach (var line in $"{told}\n{again.Error}".Split('\n').Where(line => line.TrimStart().StartsWith("Scratch database ", StringComparison.Ordinal)))
            {
                (await database.AskAsync($"SELECT count(*) FROM information_schema.schemata WHERE schema_name = '{line.Trim().Split(' ')[2].Split('@')[0]}'")).Trim().ShouldBe("0", what);
            }
            (await database.AskAsync("CHECKSUM TABLE Notes")).ShouldBe(before, what);
        }
        Directory.GetFileSystemEntries(temporary, "safe-migrate-*").ShouldBeEmpty();
        Directory.Delete(temporary, recursive: true);

        ScratchRun Start(string name, bool slow) => ScratchRun.Start(
            tool, project, "", temporary, ["backup", "--output", Path.Combine(folder, name), "--no-build", "--connection-env", "NOTES"],
            [("NOTES", database.ConnectionString), .. slow ? [Slow()] : Array.Empty<(string, string)>()]);
    }

    /// <summary>A program that dumps and takes its time.</summary>
    private (string, string) Slow()
    {
        var bin = Directory.CreateDirectory(Path.Combine(tool.Scratch, "slow-mariadb")).FullName;
        // The other is needed to bring the backup back.
        foreach (var (program, wait) in new[] { ("mariadb-dump", "[ \"$1\" = --version ] || sleep 5\n"), ("mariadb", "") })
        {
            var file = Path.Combine(bin, program);
            File.WriteAllText(file, $"#!/bin/sh\n{wait}exec {program} \"$@\"\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }
        }
        return ("SAFE_MIGRATE_MARIADBBIN", bin);
    }

    /// <summary>The smallest application of this server.</summary>
    private async Task<string> BuildAsync()
    {
        var project = Directory.CreateDirectory(Path.Combine(tool.Scratch, "Maria")).FullName;
        await File.WriteAllTextAsync(Path.Combine(project, "Maria.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Pomelo.EntityFrameworkCore.MySql" Version="9.0.0" />
                <PackageReference Include="Microsoft.EntityFrameworkCore.Design" Version="9.0.0" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), """
            using Microsoft.EntityFrameworkCore;

            Console.WriteLine("notes");

            public class Note { public int Id { get; set; } public required string Title { get; set; } }

            public class NotesContext : DbContext
            {
                public DbSet<Note> Notes => Set<Note>();

                protected override void OnConfiguring(DbContextOptionsBuilder options) =>
                    options.UseMySql(Environment.GetEnvironmentVariable("NOTES") ?? "Server=none", new MariaDbServerVersion("10.11"));
            }
            """);
        await Phases.PhasedSample.BuildAsync(project);
        return project;
    }
}
