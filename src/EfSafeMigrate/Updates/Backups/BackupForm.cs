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
    /// <param name="begun">Called when it is known what is written, whatever others do from then on.</param>
    public abstract Task WriteAsync(Link session, string? snapshot, ScratchOwner owner, string path, Action begun, CancellationToken cancellation);

    /// <summary>Into a database that is empty, or all or nothing.</summary>
    public abstract Task RestoreAsync(string path, ConnectionTextResult to, ScratchOwner owner, RestoreManner manner, CancellationToken cancellation);

    /// <summary>The same, and reads the rows as soon as they are there.</summary>
    public virtual async Task RestoreAsync(string path, ConnectionTextResult to, ScratchOwner owner, RestoreManner manner, Func<CancellationToken, Task> read, CancellationToken cancellation)
    {
        await RestoreAsync(path, to, owner, manner, cancellation);
        await read(cancellation);
    }

    /// <summary>Ends what a dead run has left at work on the server.</summary>
    public virtual Task EndAsync(Link session, ScratchOwner dead, CancellationToken cancellation) => Task.CompletedTask;

    /// <param name="major">Of the server that is dumped, or to which is restored.</param>
    /// <exception cref="SafeMigrateException">The programs are missing, or older than the server.</exception>
    public static async Task<BackupForm> FindAsync(Original original, int jobs, int major, CancellationToken cancellation) =>
        original.Engine.Backups switch
        {
            { Programs: { } forms } => new ProgramForm(original, forms, await FindAsync(original.Engine, forms.Forms, forms.Install, major, cancellation), jobs),
            { Streams: { } forms } => new StreamForm(original, forms, await FindAsync(original.Engine, forms.Forms, forms.Install, major, cancellation)),
            _ => new CopiedFile(original),
        };

    private static async Task<Programs> FindAsync(Engine engine, ProgramForms forms, Func<int, string> install, int major, CancellationToken cancellation)
    {
        if (await Programs.FindAsync(forms, major, cancellation) is not { } found)
        {
            throw new SafeMigrateException($"This machine has no {forms.Main}. Nothing was written.", install(major));
        }
        return found.Major >= major ? found
            : throw new SafeMigrateException($"{forms.Main} {found.Version} in `{found.Folder}` is older than the server, which is {engine.Name} {major}. Nothing was written.", install(major));
    }

    /// <exception cref="SafeMigrateException">It ended badly.</exception>
    protected static void Check(ProgramResult result, ToolCall call, ProgramForms forms, string failed)
    {
        if (result.Code != 0)
        {
            string[] lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var why = lines.Select(forms.Complaint).OfType<string>().FirstOrDefault() ?? lines.LastOrDefault() ?? $"exit code {result.Code}";
            throw new SafeMigrateException($"{failed}: {call.Program} says: {why.TrimEnd('.')}.", "--verbose shows all it says", ExitCode.Environment, detail: result.Error);
        }
    }
}

/// <summary>The provider copies the file.</summary>
internal sealed class CopiedFile(Original original) : BackupForm(original)
{
    private const string Session = "backup file";

    public override bool AllOrNothing => true;

    public override async Task WriteAsync(Link session, string? snapshot, ScratchOwner owner, string path, Action begun, CancellationToken cancellation)
    {
        // Before there is a byte in it, it is nobody else's.
        PrivateFiles.Write(path, "");
        var to = await Original.ToAsync(path, cancellation);
        await session.Connection.CopyAsync!(to.Text, cancellation);
        await using var copy = await Original.ConnectAsync(to.Text, Session, cancellation);
        await copy.RunAsync(Original.Engine.Backups.Settle, cancellation);
    }

    public override async Task RestoreAsync(string path, ConnectionTextResult to, ScratchOwner owner, RestoreManner manner, CancellationToken cancellation)
    {
        var keywords = new Dictionary<string, string>(Original.Engine.Backups.ReadOnly) { [Original.Forms.Database] = path };
        var file = await Original.TextAsync(Original.ConnectionString, keywords, cancellation);
        await using var link = await Original.ConnectAsync(file.Text, Session, cancellation);
        await link.Connection.CopyAsync!(to.Text, cancellation);
    }
}
