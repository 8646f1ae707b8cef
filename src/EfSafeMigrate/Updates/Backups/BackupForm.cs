using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Backups;

/// <summary>How a database becomes files, and files become a database.</summary>
internal abstract class BackupForm(Original original)
{
    protected Original Original => original;

    /// <summary>The program with its version; null where the provider copies.</summary>
    public virtual string? Program => null;

    /// <summary>Whether it works beside the session that holds the snapshot.</summary>
    public virtual bool Beside => false;

    /// <summary>A restore that does not come to its end changes nothing.</summary>
    public virtual bool AllOrNothing => false;

    /// <param name="session">Holds what is to be written.</param>
    /// <param name="path">Of the dump, which is not there yet.</param>
    public abstract Task WriteAsync(Link session, string? snapshot, ScratchOwner owner, string path, CancellationToken cancellation);

    /// <summary>Into a database that is empty, or all or nothing.</summary>
    /// <param name="owners">Everything belongs to whom it belonged to.</param>
    public abstract Task RestoreAsync(string path, ConnectionTextResult to, ScratchOwner owner, bool owners, CancellationToken cancellation);

    /// <summary>Ends what a dead run has left at work on the server.</summary>
    public virtual Task EndAsync(Link session, ScratchOwner dead, CancellationToken cancellation) => Task.CompletedTask;

    /// <param name="major">Of the server that is dumped, or to which is restored.</param>
    /// <exception cref="SafeMigrateException">The programs are missing, or older than the server.</exception>
    public static async Task<BackupForm> FindAsync(Original original, int jobs, int major, CancellationToken cancellation) =>
        original.Engine.Backups.Programs is { } forms ? await ProgramForm.FindAsync(original, forms, jobs, major, cancellation) : new CopiedFile(original);
}

/// <summary>The provider copies the file.</summary>
internal sealed class CopiedFile(Original original) : BackupForm(original)
{
    private const string Session = "backup file";

    public override bool AllOrNothing => true;

    public override async Task WriteAsync(Link session, string? snapshot, ScratchOwner owner, string path, CancellationToken cancellation)
    {
        // Before there is a byte in it, it is nobody else's.
        PrivateFiles.Write(path, "");
        var to = await Original.ToAsync(path, cancellation);
        await session.Connection.CopyAsync!(to.Text, cancellation);
        await using var copy = await Original.ConnectAsync(to.Text, Session, cancellation);
        await copy.RunAsync(Original.Engine.Backups.Settle, cancellation);
    }

    public override async Task RestoreAsync(string path, ConnectionTextResult to, ScratchOwner owner, bool owners, CancellationToken cancellation)
    {
        var keywords = new Dictionary<string, string>(Original.Engine.Backups.ReadOnly) { [Original.Engine.Scratch!.Database] = path };
        var file = await Original.TextAsync(Original.ConnectionString, keywords, cancellation);
        await using var link = await Original.ConnectAsync(file.Text, Session, cancellation);
        await link.Connection.CopyAsync!(to.Text, cancellation);
    }
}
