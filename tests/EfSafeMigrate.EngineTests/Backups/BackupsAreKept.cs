using System.Diagnostics;
using EfSafeMigrate.Updates.Backups;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.EngineTests.Backups;

/// <summary>Old backups go, never the newest proven one and never another database's; what a killed run left goes too.</summary>
public sealed class BackupsAreKept : IAsyncLifetime
{
    private readonly SqliteDatabase database = new();
    private BackupRun run = null!;

    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        await database.ExecuteAsync("CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT); INSERT INTO orders VALUES (1, 'a')");
        run = new(database);
    }

    public async Task DisposeAsync()
    {
        run.Remove();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task TheNewestStayAndTheNewestProven()
    {
        await run.BackupAsync("1-proven");
        await run.BackupAsync("2-proven");
        await run.BackupAsync("3-taken", proof: false);
        await run.BackupAsync("4-taken", proof: false);
        Directory.CreateDirectory(run.At("notes"));
        await File.WriteAllTextAsync(run.At("notes/manifest.json"), "{}");
        await Attestation.RunAsync("echo snapshot-1", run.At("0-other"), run.Subject("another"), default);
        var last = await run.BackupAsync("5-taken", proof: false);

        Surplus(last, 2).ShouldBe(["1-proven", "3-taken"]);
        Surplus(last, 1).ShouldBe(["1-proven", "3-taken", "4-taken"]);
        Surplus(last, 9).ShouldBeEmpty();
        Retention.Remove(run.At("1-proven"));
        Directory.Exists(run.At("1-proven")).ShouldBeFalse();
        Surplus(last, 1).ShouldBe(["3-taken", "4-taken"]);
    }

    [Fact]
    public async Task ACommandOfTheTeamAttests()
    {
        var manifest = await Attestation.RunAsync("echo making; echo ' snap-0123 '", run.At("one"), run.Subject(), default);
        (manifest.State, manifest.Attestation, manifest.Files.Count).ShouldBe((BackupState.Attested, "snap-0123", 0));
        BackupManifest.Read(run.At("one")).State.ShouldBe(BackupState.Attested);

        var refusal = await Should.ThrowAsync<SafeMigrateException>(() => Attestation.RunAsync("echo no room >&2; exit 7", run.At("two"), run.Subject(), default));
        refusal.Message.ShouldBe("The backup command ended with exit code 7: no room. Nothing was written.");
        Directory.GetFileSystemEntries(run.Folder).ShouldBe([run.At("one")]);
    }

    [Fact]
    public async Task OnlyWhatADeadRunLeftIsCleared()
    {
        using var gone = Process.Start("true");
        await gone.WaitForExitAsync();
        var dead = ScratchOwner.New() with { Run = "aaaaaaaaaaaa", Process = gone.Id };
        var (left, alive, unsigned) = (run.At("one.partial-aaaaaaaaaaaa"), run.At("one.partial-bbbbbbbbbbbb"), run.At("one.partial-cccccccccccc"));
        await run.BackupAsync("zero", proof: false);
        foreach (var (folder, owner) in new[] { (left, dead), (alive, ScratchOwner.New() with { Run = "bbbbbbbbbbbb" }), (unsigned, null) })
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "dump"), "half");
            await (owner is null ? Task.CompletedTask : File.WriteAllTextAsync(Path.Combine(folder, "owner"), owner.ToString()));
            // Killed when all was there but its name.
            File.Copy(run.At("zero/manifest.json"), Path.Combine(folder, "manifest.json"));
            BackupManifest.TryRead(folder).ShouldBeNull();
        }
        await run.BackupAsync("two", proof: false);
        (Directory.Exists(left), Directory.Exists(alive), Directory.Exists(unsigned)).ShouldBe((false, true, true));
        run.News.OfType<PartialGone>().ShouldHaveSingleItem().Path.ShouldBe(left);
    }

    private string?[] Surplus(BackupManifest made, int keep) => [.. Retention.Surplus(run.At("5-taken"), made, keep).Select(each => Path.GetFileName(each.Path))];
}
