using System.Diagnostics;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Backups;

/// <summary>Writes a database into files, and proves that it comes back from them.</summary>
internal sealed class Backup(Original original, BackupWish wish, Action<BackupNews> tell)
{
    /// <summary>How the session is called that holds what is written.</summary>
    private const string Session = "backup";

    private const string More = "name a folder with more room, or free some; --keep N   removes old backups after each new one";

    private readonly BackupForms forms = original.Engine.Backups;

    /// <summary>All or nothing: when it ends otherwise, there is no folder.</summary>
    /// <exception cref="SafeMigrateException">It cannot be written.</exception>
    public async Task<BackupManifest> RunAsync(BackupSubject subject, CancellationToken cancellation)
    {
        await using var taken = await TakeAsync(subject, cancellation);
        return taken.Manifest;
    }

    /// <summary>The same, with the database in which it was proven.</summary>
    /// <exception cref="SafeMigrateException">It cannot be written.</exception>
    public async Task<TakenBackup> TakeAsync(BackupSubject subject, CancellationToken cancellation)
    {
        BackupFolder.CheckFree(wish.Folder);
        await using var session = await original.ConnectAsync(original.ConnectionString, Session, cancellation);
        await session.RunAsync(forms.Begin, cancellation);
        var form = await BackupForm.FindAsync(original, wish.Jobs, await Scratch.MajorAsync(original.Engine, session, cancellation), cancellation);
        await ClearAsync(form, session, cancellation);
        await CheckSpaceAsync(session, cancellation);
        var folder = BackupFolder.Begin(wish.Folder);
        TakenBackup? taken = null;
        try
        {
            taken = await WriteAsync(form, session, folder, subject, cancellation);
            folder.Finish(taken.Manifest);
            return taken;
        }
        catch (Exception exception)
        {
            await (taken?.DisposeAsync() ?? ValueTask.CompletedTask);
            if (Unwritten(exception) is { } sentence)
            {
                throw sentence;
            }
            throw;
        }
        finally
        {
            folder.Remove();
        }
    }

    /// <returns>Null for what says enough by itself.</returns>
    private SafeMigrateException? Unwritten(Exception exception) =>
        // What a server says is of its own disk.
        FullDisk.IsBehind(exception, forms) && (exception is not QueryFailure || original.Forms.Server is null) ? new(
            $"The disk of `{Path.GetDirectoryName(wish.Folder)}` is full: the backup was not written to its end, and what there was of it is gone. Nothing was changed.", More, ExitCode.StoppedSafely, exception.Message)
        : exception is IOException or UnauthorizedAccessException ? new(
            $"The backup cannot be written to `{wish.Folder}`: {exception.Message.TrimEnd('.')}. Nothing was changed.", "name a folder that can be written to", ExitCode.Environment, exception.ToString())
        : null;

    private async Task<TakenBackup> WriteAsync(BackupForm form, Link session, BackupFolder folder, BackupSubject subject, CancellationToken cancellation)
    {
        var settings = forms.Settings is { } ask ? (await session.AskAsync(ask, cancellation)).ToDictionary(row => row[0]!, row => row[1] ?? "") : [];
        var before = await DatabaseContents.CountersAsync(original.Engine, session, cancellation);
        var at = TimeProvider.System.GetUtcNow();
        var contents = await DumpAsync(form, session, folder, subject, cancellation);
        var after = await DatabaseContents.CountersAsync(original.Engine, session, cancellation);
        var manifest = subject.Manifest(folder.Owner.Run, at) with { Program = form.Program, Tables = contents.Tables, Settings = settings };
        if (wish.Proof is not { } choice)
        {
            return new(manifest with { Files = await BackupFiles.ReadAsync(folder.Path, cancellation), Unproven = "nobody asked for a proof" });
        }
        tell(new Proving());
        var proving = new RestoreProof(original, form, choice, tell) { KeepsCopy = wish.KeepsCopy };
        return await WithFilesAsync(folder, stop => proving.RunAsync(folder, contents, subject.History, new(before, after), stop), manifest, cancellation);
    }

    /// <summary>The files go to the disk, and are read for their digests, while they are read for the proof.</summary>
    private static async Task<TakenBackup> WithFilesAsync(BackupFolder folder, Func<CancellationToken, Task<ProofOfRestore>> prove, BackupManifest manifest, CancellationToken cancellation)
    {
        ProofOfRestore? proof = null;
        try
        {
            await SideBySide.RunAsync(async stop => proof = await prove(stop), async stop => manifest = manifest with { Files = await BackupFiles.ReadAsync(folder.Path, stop) }, cancellation);
        }
        catch
        {
            await (proof?.Copy?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
        return proof!.Difference is { } difference ? new(manifest with { Unproven = difference }) { Next = proof.Next }
            : new(manifest with { State = BackupState.Proven, Counters = proof.Counters }) { Copy = proof.Copy };
    }

    /// <summary>The dump and the digests show the same moment.</summary>
    private async Task<DatabaseContents> DumpAsync(BackupForm form, Link session, BackupFolder folder, BackupSubject subject, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        await using var still = await StillMoment.BeginAsync(original, tell, cancellation);
        await session.RunAsync(forms.Hold, cancellation);
        try
        {
            var snapshot = forms.Snapshot is { } ask ? (await DatabaseContents.AskAsync(session, ask, cancellation))[0][0] : null;
            DatabaseContents? contents = null;
            Func<CancellationToken, Task> dump = stop => WatchedAsync(form.WriteAsync(session, snapshot, folder.Owner, folder.Dump, still.End, stop), folder.Path, clock);
            Func<CancellationToken, Task> read = async stop => contents = await DatabaseContents.ReadAsync(original.Engine, session, subject.History, table => tell(new TableRead(table)), stop);
            if (form.Beside)
            {
                await SideBySide.RunAsync(dump, read, cancellation);
            }
            else
            {
                await dump(cancellation);
                await read(cancellation);
            }
            return contents!;
        }
        finally
        {
            await session.RunAsync([forms.Release], CancellationToken.None);
        }
    }

    private async Task WatchedAsync(Task dump, string folder, Stopwatch clock)
    {
        while (await Task.WhenAny(dump, Task.Delay(TimeSpan.FromSeconds(2))) != dump)
        {
            tell(new Dumping(BytesIn(folder)));
        }
        await dump;
        tell(new Dumped(BytesIn(folder), clock.Elapsed));
    }

    private async Task CheckSpaceAsync(Link session, CancellationToken cancellation)
    {
        var parent = Path.GetDirectoryName(wish.Folder)!;
        for (; !Directory.Exists(parent) && Path.GetDirectoryName(parent) is { } above; parent = above)
        {
        }
        var needed = long.Parse((await session.OneAsync(forms.Size, cancellation))!, System.Globalization.CultureInfo.InvariantCulture);
        if (wish.Free(parent) is { } free && free < needed)
        {
            throw new SafeMigrateException(
                $"The backup takes up to {Say.Bytes(needed)}, and {Say.Bytes(free)} are free in `{parent}`. Nothing was written.", More, ExitCode.StoppedSafely);
        }
    }

    /// <summary>What runs left that were killed: first whoever still writes, then what was written.</summary>
    private async Task ClearAsync(BackupForm form, Link session, CancellationToken cancellation)
    {
        foreach (var (path, owner) in BackupFolder.Left(wish.Folder))
        {
            await form.EndAsync(session, owner, cancellation);
            Directory.Delete(path, recursive: true);
            tell(new PartialGone(path));
        }
    }

    private static long BytesIn(string folder) => Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Exists ? file.Length : 0) : 0;
}

/// <summary>What came of a backup.</summary>
internal sealed record TakenBackup(BackupManifest Manifest) : IAsyncDisposable
{
    /// <summary>The database in which it was proven, where somebody wants to go on there.</summary>
    public Scratch? Copy { get; init; }

    /// <summary>What to do where it could not be proven; null where nobody knows.</summary>
    public string? Next { get; init; }

    public ValueTask DisposeAsync() => Copy?.DisposeAsync() ?? ValueTask.CompletedTask;
}
