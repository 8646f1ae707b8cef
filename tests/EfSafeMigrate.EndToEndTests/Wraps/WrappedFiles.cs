using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Scratches;
using static EfSafeMigrate.EndToEndTests.Applying.SqliteFile;

namespace EfSafeMigrate.EndToEndTests.Wraps;

/// <summary>The same on a database that is a file.</summary>
[Collection(nameof(FilesOfSqliteCollection))]
public sealed class WrappedFiles(InstalledTool tool)
{
    private const int Interrupt = 2;

    private static readonly string[] Stages = ["Backing up into", "Scratch database", "The same: ", "1 of "];

    [Fact]
    public async Task AreBackedUpProvenAndRehearsedAndKilledBefore()
    {
        var project = tool.Copy("Tiny");
        await Phases.PhasedSample.BuildAsync(project);
        var (file, backups, temporary) = (Path.Combine(project, "notes.db"), Path.Combine(project, "backups"), Directory.CreateTempSubdirectory("sm-").FullName);
        string[] naming = ["--no-build", "--no-color", "--connection", $"Data Source={file}"];
        (await Shell.RunAsync(project, "git", ["init", "--quiet"])).Code.ShouldBe(0);
        // Nothing is there, and nothing is needed.
        var made = await tool.RunAsItIsAsync(project, ["apply", "--to", "Initial", .. naming]);
        made.Code.ShouldBe(0, made.ToString());
        made.Output.ShouldContain("  The database is empty: there is nothing to lose.\n");
        Lines(file, "SELECT kind FROM __safe_migrate_journal ORDER BY number LIMIT 1").ShouldBe(["nothing-to-lose"]);
        Execute(file, """INSERT INTO "Notes" ("Title") SELECT 'a' UNION ALL SELECT 'b'""");

        Directory.CreateDirectory(backups);
        var (before, journal, unharmed) = (Contents(file), Journal(), Path.Combine(temporary, "unharmed.db"));
        Execute(file, $"VACUUM INTO '{unharmed}'");
        foreach (var (stage, group) in RenamedSample.Full ? Stages.SelectMany(stage => new bool?[] { false, true, null }.Select(how => (stage, how))).ToArray() : [(Stages[3], false), (Stages[1], null)])
        {
            // The file is small: where the signal comes late, the run is past what is asked about.
            for (var attempt = 0; !await InTimeAsync(stage, group); attempt++)
            {
                attempt.ShouldBeLessThan(20, stage);
                foreach (var beside in Directory.GetFiles(project, "notes.db*"))
                {
                    File.Delete(beside);
                }
                File.Copy(unharmed, file);
            }
            Contents(file).ShouldBe(before, stage);
            Journal().ShouldBe(journal, stage);
            Directory.GetDirectories(backups).ShouldAllBe(path => path.Contains(".partial-", StringComparison.Ordinal) || File.Exists(Path.Combine(path, "manifest.json")), stage);
        }
        await using var last = ScratchRun.Start(tool, project, "", temporary, ["apply", "--backup-dir", backups, "--keep", "1", .. naming]);
        var applied = await last.EndAsync();

        applied.Code.ShouldBe(0, applied.ToString());
        applied.Output.ShouldMatch(@"\n  backup [\d.]+ KB in [^·\n]+ · restored and compared in [^·\n]+ · proven\n  rehearsed up, down, up on the copy");
        applied.Error.ShouldContain($"! {backups} is in a git repository that does not ignore it");
        File.Exists(Path.Combine(Directory.GetDirectories(backups).ShouldHaveSingleItem(), "manifest.json")).ShouldBeTrue();
        Directory.GetFileSystemEntries(temporary, "safe-migrate-*").ShouldBeEmpty();
        Lines(file, "SELECT kind FROM __safe_migrate_journal ORDER BY number").SkipWhile(kind => kind != "run-ended").Skip(1).Take(4).ShouldBe(["backed-up", "backup-proven", "rehearsal-passed", "run-started"]);
        Lines(file, "SELECT count(DISTINCT json_extract(entry, '$.manifest')) FROM __safe_migrate_journal").ShouldBe(["1"]);

        async Task<bool> InTimeAsync(string stage, bool? group)
        {
            await using var run = ScratchRun.Start(tool, project, "", temporary, ["apply", "--backup-dir", backups, .. naming]);
            await run.UntilAsync(stage);
            ShellResult? ended = null;
            if (group is { } all)
            {
                await run.KillAsync(all);
            }
            else
            {
                run.Signal(Interrupt);
                ended = await run.EndAsync();
            }
            var inTime = !Lines(file, "SELECT kind FROM __safe_migrate_journal").Skip(journal.Count).Contains("run-started");
            if (inTime && ended is not null)
            {
                ended.Code.ShouldBe(3, $"{stage}\n{ended}");
            }
            return inTime;
        }

        IReadOnlyList<string> Journal() => Lines(file, "SELECT number || entry FROM __safe_migrate_journal ORDER BY number");
    }
}
