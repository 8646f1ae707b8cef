using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backups;

namespace EfSafeMigrate.Commands;

/// <summary>What a backup is of, and what becomes of it when it is there.</summary>
internal static class BackingUp
{
    /// <exception cref="SafeMigrateException">The engine's statements are only written here.</exception>
    public static async Task<BackupSubject> SubjectAsync(LiveProject live, string folder, CancellationToken cancellation)
    {
        if (live.Engine.BackupByHand is { } byHand)
        {
            throw new SafeMigrateException(
                $"Backups of {live.Engine.Name} are not made by the tool: its statements are written, and unproven. Nothing was changed.",
                $"run these on the server, and then --backup-command, which writes down that you did:\n{byHand(live.Session.Database, $"{Path.GetFileName(folder)}.bak")}", ExitCode.StoppedSafely);
        }
        var target = await TargetAsync(live, cancellation);
        var applied = await live.Session.AppliedAsync(cancellation);
        var runs = await EventsAsync<RunStarted>(live, cancellation);
        var text = await live.Original().TextAsync(live.Connection, new Dictionary<string, string>(), cancellation);
        return new(new(live.Engine.Id, live.Session.ServerVersion, target.Server, target.Database, target.Fingerprint), text.History)
        {
            Migration = applied.Count > 0 ? applied[^1] : null, Plan = runs is [.., var last] ? last.PlanHash : null,
        };
    }

    /// <summary>Who we are on which database.</summary>
    public static Task<Target> TargetAsync(LiveProject live, CancellationToken cancellation) =>
        TargetReader.ReadAsync(live.Session, live.Engine, live.Engine.Backups.Identity, cancellation);

    /// <summary>From the journal, where runs keep one.</summary>
    public static async Task<IReadOnlyList<T>> EventsAsync<T>(LiveProject live, CancellationToken cancellation) where T : RunEvent =>
        live.Engine.HasUpdates ? [.. (await Journal.OpenAsync(live.Session, live.Engine, cancellation)).Events<T>()] : [];

    /// <summary>Old backups go only when the new one is where it belongs.</summary>
    public static async Task AfterwardsAsync(BackupOptions options, BackupManifest manifest, Action<BackupNews> tell, CancellationToken cancellation)
    {
        if (options.Upload is { } upload)
        {
            tell(new Uploaded(manifest.Files.Count + 1, await upload.RunAsync(options.Folder, manifest, cancellation)));
        }
        ThinOut(options.Folder, manifest, options.Keep, tell);
    }

    /// <param name="keep">How many stay; null for all.</param>
    public static void ThinOut(string folder, BackupManifest manifest, int? keep, Action<BackupNews> tell)
    {
        foreach (var (path, old) in keep is { } most ? Retention.Surplus(folder, manifest, most) : [])
        {
            Retention.Remove(path);
            tell(new OldGone(path, old.At));
        }
    }

    /// <summary>Into the journal where there is one; none is made for it, and one that cannot be written keeps nobody from a backup.</summary>
    public static async Task JournalAsync(LiveProject live, string run, IReadOnlyList<RunEvent> events, CancellationToken cancellation)
    {
        if (!live.Engine.HasUpdates)
        {
            return;
        }
        try
        {
            var journal = await Journal.OpenAsync(live.Session, live.Engine, cancellation);
            await (journal.Exists ? journal.AddAsync(run, events, cancellation) : Task.CompletedTask);
        }
        catch (QueryFailure failure)
        {
            live.Talk.Say($"  ! The journal does not say so: {failure.Sentence}");
        }
    }
}
