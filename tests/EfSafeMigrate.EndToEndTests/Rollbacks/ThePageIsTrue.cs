using System.Text.RegularExpressions;

namespace EfSafeMigrate.EndToEndTests.Rollbacks;

/// <summary>Every command of the page, one after the other.</summary>
[Collection(nameof(UndoSample))]
public sealed partial class ThePageIsTrue(InstalledTool tool, UndoSample sample) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-backups-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task EveryCommandDoesWhatThePageSays()
    {
        await using var notes = await sample.DatabaseAsync(tool, "CountedContext");
        await notes.MustAsync(0, "backup", "--output", Path.Combine(folder, "before"));
        await notes.MustAsync(0, "apply");
        var calls = Call().Matches(await File.ReadAllTextAsync(Path.Combine(InstalledTool.Repository, "docs", "rollback.md"))).Select(call => call.Groups["call"].Value).ToArray();
        string[] says =
        [
            "It loses nothing.", "EF has forgotten 3 migrations.", "Done; 3 migrations are still pending.", "Logs is dropped with 1 row.", "at least 2 rows are lost", "each as it was backed up",
            "Done; no migration is pending.", "Done; no migration is pending.",
        ];
        calls.Length.ShouldBe(says.Length);
        foreach (var (call, expected) in calls.Zip(says))
        {
            if (call.Contains("--accept-data-loss", StringComparison.Ordinal) || call.EndsWith("backups/before --plan-only", StringComparison.Ordinal))
            {
                await notes.MustAsync(0, "apply");
                await notes.Database.ExecuteAsync("INSERT INTO \"Logs\" VALUES (1, 'x'); INSERT INTO \"Notes\" (\"Title\") VALUES ('new')");
            }
            if (call.Contains("--on-failure restore", StringComparison.Ordinal))
            {
                await notes.MustAsync(0, "rollback", "Initial");
            }
            var words = call.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "shop" ? notes.Database.Name : word.Replace("backups/", $"{folder}/", StringComparison.Ordinal)).ToArray();
            (await notes.MustAsync(0, words[0], words[1..])).Output.ShouldContain(expected, customMessage: call);
        }
    }

    [GeneratedRegex("^dotnet safe-migrate (?<call>.+)$", RegexOptions.Multiline)]
    private static partial Regex Call();
}
