using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backups;
using EfSafeMigrate.Updates.Rehearsals;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Commands;

/// <summary>What stands before the first step of a run: a backup that came back whole, and a rehearsal on what came back.</summary>
internal sealed class Wrapping(ApplyOptions options, SafeMigrateSettings settings, LiveProject live, RunContext run, Protection protection)
{
    private readonly WrapOptions wrap = options.Wrap;
    private readonly List<RunEvent> events = [];

    /// <exception cref="SafeMigrateException">Something is missing, or wrong with a migration; nothing was changed.</exception>
    public async Task<Wrapped> RunAsync(UpdatePlan plan, ChangeSet changes, FactSheet facts, CancellationToken cancellation)
    {
        if (await NothingToLoseAsync(cancellation) is { } why)
        {
            Keep(new NothingToLose(why));
            await (wrap.RehearsesAlways ? RehearseAsync(plan, changes, facts, null, cancellation) : Task.CompletedTask);
            return new(events, null);
        }
        CheckPolicy();
        var halfDone = RunHistory.HalfDone(run.Journal.Entries, plan);
        var copied = wrap is { NoRehearsal: null, FillsScratch: false } && halfDone is null;
        var folder = wrap.NoBackup is null ? BackupPlace.Of(wrap.Directory ?? settings.Backup.Directory, live, run.Id) : null;
        await using var taken = folder is null ? null : await BackUpAsync(folder, copied, plan, cancellation);
        if (wrap.NoBackup is { } noBackup)
        {
            LeaveOut("backup", noBackup);
        }
        if ((wrap.NoRehearsal ?? halfDone) is { } noRehearsal)
        {
            LeaveOut("rehearsal", noRehearsal);
        }
        else
        {
            await RehearseAsync(plan, changes, facts, taken, cancellation);
        }
        return new(events, taken is null ? null : new(folder!, taken.Manifest));
    }

    /// <summary>Protection asks for more than a reason, unless the settings say what is enough.</summary>
    private void CheckPolicy()
    {
        var needs = settings.Protected;
        if (!protection.IsOn)
        {
            return;
        }
        if (wrap.NoBackup is not null && needs.Backup < BackupNeed.Skipped)
        {
            throw Refused("--skip-backup", "leave it out, or let whoever owns the settings say \"backup\": \"skipped\" under \"protected\"");
        }
        if (wrap.Command is not null && needs.Backup < BackupNeed.Attested)
        {
            throw Refused("--backup-command, which nobody has seen come back,", "leave it out, or let whoever owns the settings say \"backup\": \"attested\" under \"protected\"");
        }
        if (wrap.NoRehearsal is not null && needs.Rehearsal < RehearsalNeed.Skipped)
        {
            throw Refused("--skip-rehearsal", "leave it out, or let whoever owns the settings say \"rehearsal\": \"skipped\" under \"protected\"");
        }
    }

    private SafeMigrateException Refused(string what, string next) => new($"{what} is not enough here: {protection.Why}. Nothing was changed.", next, ExitCode.StoppedSafely);

    /// <returns>As a sentence; null when there is something.</returns>
    private async Task<string?> NothingToLoseAsync(CancellationToken cancellation) =>
        (await run.Work.QueryAsync(live.Original().Forms.Objects.Sql, live.Original().Forms.Objects.Parameters, timeoutSeconds: 60, cancellation)).Rows.Count == 0
            ? "The database is empty: there is nothing to lose." : null;

    private async Task<TakenBackup> BackUpAsync(string folder, bool copied, UpdatePlan plan, CancellationToken cancellation)
    {
        run.Tell(new BackupBegan(folder));
        await BackupPlace.WarnAsync(folder, live.Talk, cancellation);
        var subject = await BackingUp.SubjectAsync(live, folder, cancellation);
        var course = new BackupCourse(news => run.Tell(new BackupMoved(news)));
        var taken = await TakeAsync(folder, subject, course, copied ? Rehearsing.Wide(live.Engine, plan) : null, copied, cancellation);
        try
        {
            if (taken.Manifest.State == BackupState.Taken)
            {
                Retention.Remove(folder);
                throw Otherwise($"The backup is not proven: {taken.Manifest.Unproven}. Nothing was changed.", taken.Next ?? "dotnet safe-migrate backup --output DIR   keeps it, to be looked at", ExitCode.StoppedSafely);
            }
            var (written, proven) = (course.Written(folder, taken.Manifest), course.Proven(folder, taken.Manifest));
            events.AddRange(proven is null ? [written] : [written, proven]);
            run.Tell(new BackedUpFirst(written, proven));
            BackingUp.ThinOut(folder, taken.Manifest, wrap.Keep ?? settings.Backup.Keep, course.Tell);
            return taken;
        }
        catch
        {
            await taken.DisposeAsync();
            throw;
        }
    }

    private async Task<TakenBackup> TakeAsync(string folder, BackupSubject subject, BackupCourse course, string? notOnServer, bool copied, CancellationToken cancellation)
    {
        try
        {
            if (wrap.Command is { } command)
            {
                return new(await Attestation.RunAsync(command, folder, subject, cancellation));
            }
            var choice = wrap.Scratch with { Filling = new NoRows(), NotOnServer = notOnServer };
            var wish = new BackupWish(folder, wrap.Jobs) { Proof = choice, KeepsCopy = copied };
            return await new Backup(live.Original(), wish, course.Tell).TakeAsync(subject, cancellation);
        }
        catch (SafeMigrateException exception)
        {
            throw Otherwise(exception.Message, exception.Next, exception.Code, exception.Detail);
        }
    }

    /// <summary>With the way that stays open where nothing is protected.</summary>
    private SafeMigrateException Otherwise(string sentence, string next, int code, string? detail = null) =>
        new(sentence, protection.IsOn ? next : $"{next}; --skip-backup \"why\"   applies without one", code, detail);

    private async Task RehearseAsync(UpdatePlan plan, ChangeSet changes, FactSheet facts, TakenBackup? taken, CancellationToken cancellation)
    {
        var passed = await Rehearsing.FirstAsync(options, live.Connection, wrap.Scratch, settings, (plan, changes, facts), taken?.Copy, cancellation);
        passed = taken?.Copy is null ? passed : passed with { Manifest = taken.Manifest.Digest };
        events.Add(passed);
        run.Tell(new RehearsedFirst(passed));
    }

    private void LeaveOut(string what, string why)
    {
        events.Add(new LeftOut(what, why));
        run.Tell(new WrapLeftOut(what, why));
    }

    private void Keep(NothingToLose nothing)
    {
        events.Add(nothing);
        run.Tell(new NothingToBackUp(nothing.Why));
    }
}

/// <summary>What came before the first step.</summary>
/// <param name="Events">For the journal to keep.</param>
/// <param name="Backup">Null when there is none.</param>
internal sealed record Wrapped(IReadOnlyList<RunEvent> Events, RunBackup? Backup);
