using System.Diagnostics;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backups;
using EfSafeMigrate.Updates.Rollbacks;

namespace EfSafeMigrate.Commands;

/// <summary>A rollback by restoring a backup of the same database.</summary>
internal sealed class RestoringBack(RollingBack rolling, Target target)
{
    private const string Counting = "count";

    private LiveProject Live => rolling.Live;

    /// <param name="named">The migration that a person wants to go back to; null for the one of the backup.</param>
    public async Task<int> RunAsync(string folder, string? named, bool planOnly, CancellationToken cancellation)
    {
        var backup = await ReadAsync(folder, named, cancellation);
        // A restore that was killed has left what is in it: nobody would miss that.
        var left = (await RestoreOf(backup).LookAsync(cancellation)).Dead is not null;
        var lost = left ? [] : await WeighAsync(backup, cancellation);
        rolling.Log.Tell(new RestoreWeighed(backup, lost, HashOf(backup)));
        if (planOnly)
        {
            return ExitCode.Clean;
        }
        await AgreeAsync(backup, lost, left, cancellation);
        await RestoreAsync(backup, lost, rolling.Consent.Reason, cancellation);
        return ExitCode.Clean;
    }

    /// <summary>Every byte of it, and that it is of this database.</summary>
    /// <exception cref="SafeMigrateException">It is no way back.</exception>
    public async Task<BackupChoice> ReadAsync(string folder, string? named, CancellationToken cancellation)
    {
        var manifest = await Bringing.CheckAsync(folder, new BackupText(Live.Talk).Tell, cancellation);
        var backup = new BackupChoice(folder, manifest);
        new Bringing(Live, new(null, Yes: false), manifest).CheckProject();
        if (manifest.Database.Fingerprint != (await BackingUp.TargetAsync(Live, cancellation)).Fingerprint)
        {
            throw Refused($"The backup is of {manifest.Database.Name}@{manifest.Database.Server}, and this is another database", $"dotnet safe-migrate restore {ShellWord.Of(folder)}   brings a backup into any database");
        }
        if (manifest.State != BackupState.Proven)
        {
            throw Refused($"Nobody has seen the backup come back: {manifest.Unproven ?? "it is not proven"}", $"dotnet safe-migrate restore {ShellWord.Of(folder)}   brings it back all the same");
        }
        var wanted = named is null or Undoing.Nothing ? named : MigrationOptions.Find(Live.Migrations, named);
        return wanted is null || wanted == backup.To ? backup
            : throw Refused($"The backup was made when {(backup.To == Undoing.Nothing ? "nothing" : backup.To)} was applied last, and you want to go back to {wanted}", $"name no migration, or a backup of before");
    }

    /// <summary>What is here and not in the backup.</summary>
    public async Task<IReadOnlyList<LostRows>> WeighAsync(BackupChoice backup, CancellationToken cancellation)
    {
        var original = Live.Original();
        await using var link = await original.ConnectAsync(original.ConnectionString, Counting, cancellation);
        var to = await original.TextAsync(original.ConnectionString, new Dictionary<string, string>(), cancellation);
        return await Live.Talk.During("Comparing with the backup", BackupLoss.CountAsync(Live.Engine, backup.Manifest, link, to.History, cancellation));
    }

    /// <summary>Brings it back and writes into the journal that came with it what was done.</summary>
    public async Task RestoreAsync(BackupChoice backup, IReadOnlyList<LostRows> lost, string? reason, CancellationToken cancellation)
    {
        var bringing = new Bringing(Live, new(null, Yes: false), backup.Manifest);
        var restore = RestoreOf(backup);
        var into = await restore.LookAsync(cancellation);
        var clock = Stopwatch.StartNew();
        DatabaseContents contents;
        await using (await bringing.HoldAsync(cancellation))
        {
            contents = await restore.RunAsync(into, cancellation);
        }
        // It is done: what cannot be written down any more does not change that.
        await WriteDownAsync(backup, lost, reason, clock.Elapsed);
        rolling.Log.Tell(new BackupStands(backup, contents.Tables.Count, contents.Rows));
    }

    private Restore RestoreOf(BackupChoice backup) =>
        new(Live.Original(), backup.Folder, backup.Manifest, new(rolling.Manner.Jobs, RestoreManner.AsItWas), new BackupText(Live.Talk).Tell);

    private async Task WriteDownAsync(BackupChoice backup, IReadOnlyList<LostRows> lost, string? reason, TimeSpan took)
    {
        var run = await rolling.StartAsync(Live.Engine.Assumed, CancellationToken.None);
        await using var held = await RunLock.TakeAsync(run.Work, run.Watch, run.Engine, run.Id, rolling.Manner.Update.LockWait, rolling.Wait, CancellationToken.None);
        await run.Journal.CreateAsync(CancellationToken.None);
        await InterruptedRuns.CloseAsync(run, CancellationToken.None);
        await run.Journal.AddAsync(run.Id, [
            await rolling.StartedAsync(target, HashOf(backup), [], backup.To, reason, CancellationToken.None),
            new Overridden($"what was written since {backup.Manifest.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC", lost.Count == 0 ? "nothing was" : string.Join(' ', lost.Select(each => each.Sentence))),
            new BackupRestored(backup.Folder, backup.Manifest.Digest) { Of = backup.Manifest.At, Seconds = Math.Round(took.TotalSeconds, 3) },
            new RunEnded(RunOutcome.Done, null),
        ]);
    }

    /// <exception cref="SafeMigrateException">Nobody said that all since then may be lost.</exception>
    private async Task AgreeAsync(BackupChoice backup, IReadOnlyList<LostRows> lost, bool left, CancellationToken cancellation)
    {
        var consent = rolling.Consent;
        var why = $"{target.Database} becomes what it was {backup.Manifest.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC{(lost.Count == 0 ? "" : $": {lost[0].Sentence.TrimEnd('.')}{(lost.Count == 1 ? "" : $", and {"other table".ToQuantity(lost.Count - 1)}")}")}";
        var typed = consent.ExpectDatabase ?? (Terminal.Prompt is { } ask ? await ask($"{why}. Type the name of the database to go on", cancellation) : null);
        if (typed?.Trim() != target.Database)
        {
            throw Refused(typed is null ? why : $"The database is `{target.Database}` on {target.Server}, not `{typed.Trim()}`", $"--expect-database {ShellWord.Of(target.Database)}   when that is meant");
        }
        var protection = Protection.Of(target, rolling.Settings.Protected, left ? [] : await BackingUp.EventsAsync<MarkedProtected>(Live, cancellation));
        if (!protection.IsOn)
        {
            return;
        }
        var hash = HashOf(backup);
        var said = consent.ApproveDestructive is { } approved ? Digest.Names(approved, hash) && consent.Reason is not null
            : Terminal.Prompt is { } prompt && (await prompt($"{protection.Why}. Type {Updates.Consent.DestructivePhrase} to go on", cancellation))?.Trim() == Updates.Consent.DestructivePhrase;
        if (!said)
        {
            throw Refused($"A restore loses what was written since, and {protection.Why}", $"--approve-destructive {Digest.Spoken(hash)} --reason \"…\"   when that is meant");
        }
    }

    private string HashOf(BackupChoice backup) => Digest.Of("restore", target.Fingerprint, backup.Manifest.Digest);

    private static SafeMigrateException Refused(string clause, string next) => new($"{clause}. Nothing was changed.", next, ExitCode.StoppedSafely);
}
