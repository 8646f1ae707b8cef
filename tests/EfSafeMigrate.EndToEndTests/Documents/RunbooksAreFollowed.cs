using System.Text.Json;
using System.Text.RegularExpressions;
using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Documents;

/// <summary>Somebody who has never seen the project types what the runbook says, and nothing else.</summary>
[Collection(nameof(RenamedSample))]
public sealed partial class RunbooksAreFollowed(InstalledTool tool, RenamedSample sample) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-runbook-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>The server counts statements, so that the contract has evidence of its own and nobody attests anything.</summary>
    [Fact]
    public async Task FromTheOldSchemaToTheContract()
    {
        await sample.ReadyAsync(tool);
        await using var server = await OwnServer.StartAsync(options: "-c shared_preload_libraries=pg_stat_statements");
        await using var database = new PhasedDatabase("runbook", server.ConnectionString);
        await database.CreateAsync();
        await sample.FillAsync(database, 2_000);
        await database.ExecuteAsync("CREATE SCHEMA seen; CREATE EXTENSION pg_stat_statements SCHEMA seen");
        await database.ExecuteAsync($"ALTER DATABASE {database.Name} SET search_path = public, seen");
        await SettleAsync();
        var page = Path.Combine(folder, "docs", "runbook.md");
        var environment = new Dictionary<string, string> { ["DATABASE"] = database.ConnectionString, ["DOTNET_ENVIRONMENT"] = "Staging" };

        var written = await RunAsync($"dotnet safe-migrate document runbook {Naming} --pending --no-build --output docs/runbook.md", environment);
        written.Code.ShouldBe(0, written.Output + written.Error);
        (await RunAsync($"dotnet safe-migrate document plan {Naming} --pending --no-build --output docs/plan.md", environment)).Code.ShouldBe(0);
        var hash = Hash().Match(await File.ReadAllTextAsync(Path.Combine(folder, "docs", "plan.md"))).Groups["hash"].Value;
        var commands = Block().Matches(await File.ReadAllTextAsync(page)).Select(match => match.Groups["sh"].Value).ToArray();
        commands.Length.ShouldBe(10, string.Join('\n', commands));

        List<string> said = [];
        foreach (var command in commands)
        {
            var typed = await RunAsync(command, environment);
            typed.Code.ShouldBe(0, $"{command}\n{typed.Output}\n{typed.Error}\n\n{await File.ReadAllTextAsync(page)}");
            said.Add(typed.Output + typed.Error);
        }

        said[2].ShouldContain(hash);
        said[3].ShouldContain("next  cat > released   makes version and changelog; apply --release does so by itself");
        File.Exists(Path.Combine(folder, "released")).ShouldBeFalse();
        (await database.LinesAsync("""SELECT attname FROM pg_attribute WHERE attrelid = '"Customers"'::regclass AND attnum > 0 AND NOT attisdropped""")).ShouldContain("FullName");
        (await database.LinesAsync("""SELECT attname FROM pg_attribute WHERE attrelid = '"Customers"'::regclass AND attnum > 0 AND NOT attisdropped""")).ShouldNotContain("Name");
        (await database.LinesAsync("""SELECT count(*) FROM "Customers" WHERE "FullName" LIKE 'Customer %'""")).ShouldBe(["2000"]);
        (await RenamedSample.AppliedAsync(database)).ShouldBe(sample.End.Migrations);
        var journal = (await database.LinesAsync("SELECT entry FROM safe_migrate.journal ORDER BY number")).Select(entry => JsonDocument.Parse(entry).RootElement).ToArray();
        string[] kinds = [.. journal.Select(entry => entry.GetProperty("kind").GetString()!)];
        kinds.ShouldContain("old-writes-seen");
        kinds.ShouldNotContain("readers-attested");
        kinds.Count(kind => kind == "rehearsal-passed").ShouldBe(2);
        journal.Where(entry => entry.GetProperty("kind").GetString() == "overridden").ShouldAllBe(entry => entry.GetProperty("safeguard").GetString()!.StartsWith("data loss in ", StringComparison.Ordinal));
        (await RunAsync($"dotnet safe-migrate document decisions {Naming} --last 4 --no-build", environment)).Output.ShouldContain("set aside data loss in ");
    }

    private string Naming => $"--project {sample.Project} --context {RenamedSample.Pattern.Context} --connection-env DATABASE";

    /// <summary>Short waits, and backups that a test may throw away.</summary>
    private async Task SettleAsync()
    {
        Directory.CreateDirectory(Path.Combine(folder, ".config"));
        await File.WriteAllTextAsync(Path.Combine(folder, ".config", "safe-migrate.json"), """{ "schemaVersion": 1, "quietPeriod": "2s", "backup": { "directory": "../backups" }, "release": { "command": "cat > released" } }""");
    }

    private Task<ShellResult> RunAsync(string command, Dictionary<string, string> environment) => tool.RunWithAsync(folder, "sh", ["-c", command], environment, folder);

    [GeneratedRegex("^```sh\n(?<sh>.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\| `apply` \| 3 migrations \| `(?<hash>[0-9a-f-]{19})` \|")]
    private static partial Regex Hash();
}
