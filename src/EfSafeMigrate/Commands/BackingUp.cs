using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backups;

namespace EfSafeMigrate.Commands;

/// <summary>What a backup is of, and what becomes of it when it is there.</summary>
internal static class BackingUp
{
    public static async Task<BackupSubject> SubjectAsync(LiveProject live, CancellationToken cancellation)
    {
        _ = live.Engine.Backups;
        var target = await TargetReader.ReadAsync(live.Session, live.Engine, cancellation);
        var applied = await live.Session.AppliedAsync(cancellation);
        var journal = await Journal.OpenAsync(live.Session, live.Engine, cancellation);
        var text = await live.Original().TextAsync(live.Connection, new Dictionary<string, string>(), cancellation);
        return new(new(live.Engine.Id, live.Session.ServerVersion, target.Server, target.Database, target.Fingerprint), text.History)
        {
            Migration = applied.Count > 0 ? applied[^1] : null,
            Plan = journal.Events<RunStarted>().LastOrDefault()?.PlanHash,
        };
    }

    /// <summary>Old backups go only when the new one is where it belongs.</summary>
    public static async Task AfterwardsAsync(BackupOptions options, BackupManifest manifest, Action<BackupNews> tell, CancellationToken cancellation)
    {
        if (options.Upload is { } upload)
        {
            tell(new Uploaded(manifest.Files.Count + 1, await upload.RunAsync(options.Folder, manifest, cancellation)));
        }
        foreach (var (path, old) in options.Keep is { } keep ? Retention.Surplus(options.Folder, manifest, keep) : [])
        {
            Retention.Remove(path);
            tell(new OldGone(path, old.At));
        }
    }
}
