using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Scratches;
using Humanizer;

namespace EfSafeMigrate.Updates.Backups;

/// <summary>Brings a backup back into a database, and compares what came.</summary>
/// <param name="folder">Of the backup, whose files are as they were written.</param>
internal sealed class Restore(Original original, string folder, BackupManifest manifest, RestoreWish wish, Action<BackupNews> tell)
{
    private const string Session = "restore";

    private readonly ScratchForms scratch = original.Forms;

    /// <summary>Changes nothing.</summary>
    /// <exception cref="SafeMigrateException">The backup cannot go there.</exception>
    public async Task<RestoreTarget> LookAsync(CancellationToken cancellation)
    {
        await using var link = await original.ConnectAsync(original.ConnectionString, Session, cancellation);
        await CheckServerAsync(link, cancellation);
        var mark = await link.OneAsync(scratch.Mark, cancellation);
        var owner = ScratchOwner.Parse(mark);
        if (owner is { IsDead: false })
        {
            throw new SafeMigrateException(
                $"{link.Where} is in use by process {owner.Process} of the tool{(owner.IsHere ? "" : " on another machine")}. Nothing was changed.", "let it end, or name another database", ExitCode.StoppedSafely);
        }
        var kinds = (await link.AskAsync(scratch.Objects, cancellation)).GroupBy(row => row[0]!).Select(kind => kind.Key.ToQuantity(kind.Count())).ToArray();
        return new RestoreTarget(link.Where, kinds.Humanize("and")) { Dead = owner, Mark = owner is null ? mark : ScratchOwner.Behind(mark!), HeldSomething = kinds.Length > 0 };
    }

    /// <exception cref="SafeMigrateException">It did not come back whole; the sentence says what the database is now.</exception>
    public async Task<DatabaseContents> RunAsync(RestoreTarget target, CancellationToken cancellation)
    {
        await using var link = await original.ConnectAsync(original.ConnectionString, Session, cancellation);
        var form = await BackupForm.FindAsync(original, wish.Jobs, await Scratch.MajorAsync(original.Engine, link, cancellation), cancellation);
        var to = await original.TextAsync(original.ConnectionString, new Dictionary<string, string>(), cancellation);
        tell(new Restoring(target.Where));
        if (form.AllOrNothing)
        {
            await form.RestoreAsync(BackupFolder.Of(folder), to, ScratchOwner.New(), wish.Manner, cancellation);
            return await CompareAsync(link, to, CancellationToken.None);
        }
        return await InStepsAsync(form, link, to, target, cancellation);
    }

    private async Task<DatabaseContents> InStepsAsync(BackupForm form, Link link, ConnectionTextResult to, RestoreTarget target, CancellationToken cancellation)
    {
        var owner = ScratchOwner.New();
        if (target.Dead is { } dead)
        {
            await form.EndAsync(link, dead, cancellation);
        }
        // From here on it may be emptied by the next run, when this one is killed.
        await MarkAsync(link, owner.Before(target.Mark));
        try
        {
            if (target.HeldSomething)
            {
                await Emptying.RunAsync(original.Forms, link, cancellation);
                tell(new Emptied(target.Where));
            }
            await form.RestoreAsync(BackupFolder.Of(folder), to, owner, wish.Manner, cancellation);
        }
        catch (Exception exception) when (exception is SafeMigrateException or QueryFailure or OperationCanceledException)
        {
            await form.EndAsync(link, owner, CancellationToken.None);
            await TakeBackAsync(link, target, exception);
        }
        var contents = await CompareAsync(link, to, CancellationToken.None);
        await MarkAsync(link, target.Mark);
        return contents;
    }

    /// <summary>Half a database is worse than none.</summary>
    private async Task TakeBackAsync(Link link, RestoreTarget target, Exception why)
    {
        var sentence = why is OperationCanceledException ? "Stopped" : why.Message.TrimEnd('.');
        try
        {
            await Emptying.RunAsync(original.Forms, link, CancellationToken.None);
            await MarkAsync(link, target.Mark);
        }
        catch (QueryFailure failure)
        {
            throw new SafeMigrateException(
                $"{sentence}. {target.Where} is neither what it was nor what was backed up, and cannot be emptied: {failure.Sentence}", "dotnet safe-migrate restore   again, when the server is well", ExitCode.NeedsPerson, failure.Detail);
        }
        var next = (why as SafeMigrateException)?.Next ?? "dotnet safe-migrate restore   again";
        throw target.IsEmpty ? new SafeMigrateException($"{sentence}. {target.Where} is empty, as it was.", next, ExitCode.StoppedSafely, (why as SafeMigrateException)?.Detail)
            : new SafeMigrateException($"{sentence}. {target.Where} is empty now.", $"{next}; the backup is as it was: restore it again", ExitCode.NeedsPerson, (why as SafeMigrateException)?.Detail);
    }

    private async Task<DatabaseContents> CompareAsync(Link link, ConnectionTextResult to, CancellationToken cancellation)
    {
        foreach (var (name, value) in manifest.Settings)
        {
            if (original.Engine.Backups.Set(name, value) is { } set)
            {
                await link.RunAsync([set], cancellation);
            }
        }
        await link.RunAsync(original.Engine.Backups.Begin, cancellation);
        var contents = await DatabaseContents.ReadAsync(original.Engine, link, to.History, table => tell(new TableRead(table)), cancellation);
        var difference = DatabaseContents.Difference(manifest.Tables, contents.Tables) ?? (manifest.Counters is { } counters ? new CounterRange(counters, counters).Difference(contents.Counters) : null);
        return difference is null ? contents
            : throw new SafeMigrateException($"{link.Where} is restored, and is not what was backed up: {difference}.", "does somebody write to it already? end that, and restore again", ExitCode.NeedsPerson);
    }

    private async Task CheckServerAsync(Link link, CancellationToken cancellation)
    {
        if (original.Engine.Backups is { Programs: not null } or { Streams: not null } && EngineVersion.TryParse(manifest.Database.Version, out var was)
            && await Scratch.MajorAsync(original.Engine, link, cancellation) is var major && major < was.Major)
        {
            throw new SafeMigrateException($"The backup is of {original.Engine.Name} {was.Major}, and {link.Server} is {major}, which does not read it. Nothing was changed.", "restore it to a server of that version or a newer one", ExitCode.StoppedSafely);
        }
    }

    /// <summary>Not everybody may write it; without it, only the next run asks again before it empties the database.</summary>
    private async Task MarkAsync(Link link, string? mark)
    {
        try
        {
            await link.RunAsync(scratch.SetMark(mark), CancellationToken.None);
        }
        catch (QueryFailure failure) when (!failure.Lost)
        {
        }
    }
}

/// <param name="Jobs">Tables at a time.</param>
internal sealed record RestoreWish(int Jobs, RestoreManner Manner);

/// <summary>The database that a backup goes into, as it is before.</summary>
/// <param name="Where">As a person knows it, without a password.</param>
/// <param name="Holds"><c>12 tables and 3 views</c>.</param>
internal sealed record RestoreTarget(string Where, string Holds)
{
    public bool HeldSomething { get; init; }

    /// <summary>A restore that was killed left what is in it.</summary>
    public ScratchOwner? Dead { get; init; }

    /// <summary>What somebody has written on the database.</summary>
    public string? Mark { get; init; }

    /// <summary>Nobody would miss anything.</summary>
    public bool IsEmpty => !HeldSomething || Dead is not null;
}
