using EfSafeMigrate.Engines;
using EfSafeMigrate.EngineTests.Scratches;
using EfSafeMigrate.Updates.Backups;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.EngineTests.Backups;

/// <summary>Backups of a test's database, in a folder of their own.</summary>
internal sealed class BackupRun(TestDatabase database, string? connection = null)
{
    public string Folder { get; init; } = Directory.CreateTempSubdirectory("safe-migrate-backups-").FullName;

    public Originals Original { get; } = new(database, connection);

    /// <summary>What is told, in order.</summary>
    public List<BackupNews> News { get; } = [];

    /// <summary>Called with each piece of news; may throw, as a run that is stopped there.</summary>
    public Action<BackupNews> Upon { get; set; } = _ => { };

    public string At(string name) => Path.Combine(Folder, name);

    public Task<BackupManifest> BackupAsync(string name, bool proof = true, Func<string, long?>? free = null, string? scratch = null, CancellationToken cancellation = default)
    {
        var choice = scratch is null ? new ScratchChoice(ScratchPlace.Auto, new NoRows()) : new(ScratchPlace.Named, new NoRows()) { Connection = scratch };
        var wish = new BackupWish(At(name), 2) { Proof = proof ? choice : null };
        return new Backup(Original.Value, free is null ? wish : wish with { Free = free }, Tell).RunAsync(Subject(), cancellation);
    }

    public BackupSubject Subject(string fingerprint = "f") => new(new(database.Engine.Id, Version, "server", "database", fingerprint), Original.History) { Migration = "20260102000000_Second" };

    public string Version { get; set; } = "3";

    /// <summary>As the command does: a look at every byte, at the target, and then the restore.</summary>
    public async Task<RestoreTarget> RestoreAsync(string name, TestDatabase to, CancellationToken cancellation = default)
    {
        var manifest = BackupManifest.Read(At(name));
        await BackupFiles.CheckAsync(At(name), manifest, cancellation);
        var restore = new Restore(new Originals(to).Value, At(name), manifest, new(2, RestoreManner.AsItWas), Tell);
        var target = await restore.LookAsync(cancellation);
        await restore.RunAsync(target, cancellation);
        return target;
    }

    public void Remove() => Directory.Delete(Folder, recursive: true);

    private void Tell(BackupNews news)
    {
        lock (News)
        {
            News.Add(news);
        }
        Upon(news);
    }
}
