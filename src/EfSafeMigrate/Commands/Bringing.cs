using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backups;

namespace EfSafeMigrate.Commands;

/// <summary>Whether a backup may go into a database.</summary>
internal sealed class Bringing(LiveProject live, RestoreTerms terms, BackupManifest manifest)
{
    /// <summary>Before anything else is looked at: every byte of the backup.</summary>
    /// <exception cref="SafeMigrateException">It is not as it was written.</exception>
    public static async Task<BackupManifest> CheckAsync(string folder, Action<BackupNews> tell, CancellationToken cancellation)
    {
        var manifest = BackupManifest.Read(folder);
        await BackupFiles.CheckAsync(folder, manifest, cancellation);
        tell(new FilesChecked(manifest.Files.Count, manifest.Bytes));
        return manifest.State != BackupState.Attested ? manifest
            : throw Refused($"`{folder}` was made by a command of your team{(manifest.Attestation is { } said ? $", which said `{said}`" : "")}, and holds no data", "restore that snapshot where it was made");
    }

    /// <exception cref="SafeMigrateException">It is a backup of something else.</exception>
    public void CheckProject()
    {
        if (manifest.Database.Engine != live.Engine.Id)
        {
            throw Refused($"The backup is of {manifest.Database.Engine}, and the project's database is {live.Engine.Name}", "restore a backup of this project");
        }
        if (manifest.Migration is { } migration && !live.Migrations.Contains(migration))
        {
            throw Refused($"The backup is of another project's database, or of a newer one: this project has no migration {migration}", "restore it with the project, and the commit, that it was made with");
        }
    }

    /// <exception cref="SafeMigrateException">Something would be lost, and nobody said that it may.</exception>
    public async Task AgreeAsync(RestoreTarget target, string? environment, CancellationToken cancellation)
    {
        var settings = SettingsFile.Find(Directory.GetCurrentDirectory());
        var found = await BackingUp.TargetAsync(live, cancellation) with { Environment = environment };
        var marks = target.Dead is null ? await BackingUp.EventsAsync<MarkedProtected>(live, cancellation) : [];
        var protection = Protection.Of(found, settings.Protected, marks);
        if (!target.IsEmpty || protection.IsOn || terms.Confirmed is not null)
        {
            await NameAsync(found, target.IsEmpty ? $"{target.Where} is protected: {(protection.IsOn ? protection.Why : "it was to be named")}" : $"{target.Where} has {target.Holds}, which would be lost", cancellation);
        }
        else if (!terms.Yes && Terminal.Prompt is { } ask
            && (await ask($"{target.Where} is empty. Restore the backup of {manifest.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC into it? (y/n)", cancellation))?.Trim().ToLowerInvariant() is not ("y" or "yes"))
        {
            throw Refused("You did not say yes", "dotnet safe-migrate restore DIR --yes   is not asked");
        }
    }

    /// <summary>One run at a time, where that needs no table in the database.</summary>
    public async Task<IAsyncDisposable> HoldAsync(CancellationToken cancellation)
    {
        if (!live.Engine.HasUpdates)
        {
            return new Nobody();
        }
        if (await RunLock.HolderAsync(live.Session, live.Engine, cancellation) is { IsDead: false } holder)
        {
            throw await RunLock.BusyAsync(live.Session, live.Engine, holder, cancellation);
        }
        return live.Engine.Updates.Lock.Create.Count > 0 ? new Nobody()
            : await RunLock.TakeAsync(
                live.Session, await Session.OpenAsync(live.Project, live.Connection, SessionNames.Watch, cancellation), live.Engine, Operator.NewRun(), TimeSpan.Zero, _ => { }, cancellation);
    }

    private async Task NameAsync(Target found, string why, CancellationToken cancellation)
    {
        var typed = terms.Confirmed ?? (Terminal.Prompt is { } ask ? await ask($"{why}. Type the name of the database to go on", cancellation) : null);
        if (typed is null)
        {
            throw Refused(why, $"--confirm {ShellWord.Of(found.Database)}   when that is meant, or an empty database");
        }
        if (typed != found.Database)
        {
            throw Refused($"The database is `{found.Database}` on {found.Server}, not `{typed}`", "look at the connection before anything else");
        }
    }

    private static SafeMigrateException Refused(string clause, string next) => new($"{clause}. Nothing was changed.", next, ExitCode.StoppedSafely);

    private sealed class Nobody : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
