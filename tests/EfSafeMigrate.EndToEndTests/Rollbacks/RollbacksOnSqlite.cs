using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Phases;
using static EfSafeMigrate.EndToEndTests.Applying.SqliteFile;

namespace EfSafeMigrate.EndToEndTests.Rollbacks;

/// <summary>A file goes back by Down, which copies whole tables, or by its backup; killed in between, the next one ends what was begun.</summary>
[Collection(nameof(FilesOfSqliteCollection))]
public sealed class RollbacksOnSqlite(InstalledTool tool)
{
    private const int Members = 500;

    private string project = "";
    private string[] accepted = [];

    [Fact]
    public async Task ByDownAndByABackup()
    {
        await ReadyAsync();
        var (file, folder) = (Path.Combine(tool.Scratch, "undone.db"), Path.Combine(tool.Scratch, "undone-backup"));
        var before = await FilledAsync(file);
        (await RunAsync(file, 0, "backup", "--output", folder)).Output.ShouldContain("Proven");
        await RunAsync(file, 0, ["apply", .. accepted]);
        Execute(file, "UPDATE Members SET Notes = 'a note' WHERE Id <= 7; INSERT INTO Subjects (Code, Name) VALUES ('1', 'One'), ('2', 'Two')");
        var applied = Contents(file);

        var refused = await RunAsync(file, 3, "rollback", "Initial");
        refused.Output.ShouldContain("Members.Notes is dropped with 7 values.");
        refused.Output.ShouldContain("Subjects is dropped with 2 rows.");
        refused.Output.ShouldContain($"What Members.Fax held does not come back: {Members} rows stay without it; only a backup has it.");
        Contents(file).ShouldBe(applied);

        for (var time = 0; time < (RenamedSample.Full ? 12 : 2); time++)
        {
            var copy = Path.Combine(tool.Scratch, $"undone-{time}.db");
            Execute(file, $"VACUUM INTO '{copy}'");
            var at = Lines(copy, "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY 1 DESC")[1 + Random.Shared.Next(13)];
            await using (var run = Start(copy))
            {
                await run.MustAsync(time % 2 == 0 ? "step-began" : "step-done", at);
                run.Signal(ApplyRun.Kill, (Target)(time % 3));
                await run.EndAsync();
            }
            await RunAsync(copy, 0, ["rollback", "Initial", .. accepted]);
            Lines(copy, "SELECT MigrationId FROM __EFMigrationsHistory").ShouldBe([.. before.Take(1)], at);
            Lines(copy, "SELECT run FROM __safe_migrate_journal GROUP BY run HAVING sum(kind = 'run-started') <> sum(kind = 'run-ended')").ShouldBeEmpty(at);
            Lines(copy, $"SELECT count(*) FROM Members").ShouldBe([$"{Members}"], at);
        }

        var back = await RunAsync(file, 0, ["rollback", .. accepted]);
        back.Output.ShouldContain("The schema is what it was ");
        Lines(file, "SELECT count(*), count(Phone) FROM Members").ShouldBe([$"{Members} | {Members}"]);

        var restored = await RunAsync(file, 0, "rollback", "--backup", folder, "--expect-database", "main");
        restored.Output.ShouldContain("each as it was backed up");
        Contents(file).ShouldBe([.. before.Skip(1)]);
        Lines(file, "SELECT kind FROM __safe_migrate_journal ORDER BY number DESC LIMIT 2").ShouldBe(["run-ended", "backup-restored"]);
    }

    [Fact]
    public async Task AFailedRunIsTakenBack()
    {
        await ReadyAsync();
        var file = Path.Combine(tool.Scratch, "failing.db");
        var before = await FilledAsync(file);
        // The unique index of a later migration fails.
        Execute(file, "UPDATE Members SET Email = 'same@example.org' WHERE Id <= 2");
        before = [before[0], .. Contents(file)];
        var failed = await RunAsync(file, 3, ["apply", "--to", "UniqueMemberEmail", "--on-failure", "rollback", .. accepted]);
        failed.Error.ShouldContain("UniqueMemberEmail");
        Contents(file).ShouldBe([.. before.Skip(1)], failed.ToString());
    }

    private async Task ReadyAsync()
    {
        SQLitePCL.Batteries_V2.Init();
        project = tool.Copy("Library");
        await PhasedSample.BuildAsync(project);
        accepted = [.. Directory.GetFiles(project, "2*_*.cs", SearchOption.AllDirectories).Select(file => Path.GetFileName(file).Split('.')[0]).Distinct().SelectMany(id => new[] { "--accept-data-loss", id })];
    }

    /// <returns>The first migration, and what is in the file.</returns>
    private async Task<List<string>> FilledAsync(string file)
    {
        await RunAsync(file, 0, "apply", "--to", "Initial");
        Execute(file, $"""
            INSERT INTO Branches (Name, Address_Street, Address_City) VALUES ('Main', 'High Street', 'Town');
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Members})
            INSERT INTO Members (Number, Name, Email, Phone, Street, City, JoinedOn, Notifications)
                SELECT 'M' || i, 'Member ' || i, 'm' || i || '@example.org', '+49 ' || i, 'Street ' || i, 'City', '2026-01-01 00:00:00', 'None' FROM n;
            """);
        return [Lines(file, "SELECT MigrationId FROM __EFMigrationsHistory")[0], .. Contents(file)];
    }

    private ApplyRun Start(string file) => ApplyRun.Start(tool, project, "", ["rollback", "Initial", "--no-build", "--json", "--connection", $"Data Source={file}", .. accepted]);

    private async Task<ShellResult> RunAsync(string file, int code, params string[] arguments)
    {
        var ended = (await tool.RunAsync(project, [.. arguments, "--no-build", "--connection", $"Data Source={file}"])).Unwrapped();
        ended.Code.ShouldBe(code, $"{string.Join(' ', arguments)}\n{ended.Output}{ended.Error}");
        return ended;
    }
}
