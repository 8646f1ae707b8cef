using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Backups;

/// <summary>The engine's own programs write the files and read them.</summary>
internal sealed class ProgramForm(Original original, BackupPrograms forms, Programs programs, int jobs) : BackupForm(original)
{
    private const string Session = "end";

    public override string Program => $"{forms.Forms.Main} {programs.Version}";

    public override bool Beside => true;

    public override async Task WriteAsync(Link session, string? snapshot, ScratchOwner owner, string path, Action begun, CancellationToken cancellation)
    {
        var from = await Original.TextAsync(Original.ConnectionString, Named(owner), cancellation);
        await RunAsync(forms.Dump(new(path, jobs, snapshot)), from, "The database was not dumped", cancellation);
        PrivateFiles.Close(Path.GetDirectoryName(path)!);
    }

    public override Task RestoreAsync(string path, ConnectionTextResult to, ScratchOwner owner, RestoreManner manner, CancellationToken cancellation) =>
        RestoreAsync(new RestoreCall(path, jobs, manner), to, owner, cancellation);

    /// <summary>Nothing that is made once the rows are there changes them: they are read meanwhile.</summary>
    public override async Task RestoreAsync(string path, ConnectionTextResult to, ScratchOwner owner, RestoreManner manner, Func<CancellationToken, Task> read, CancellationToken cancellation)
    {
        var call = new RestoreCall(path, jobs, manner);
        try
        {
            await RestoreAsync(call with { Part = RestorePart.Rows }, to, owner, cancellation);
            await SideBySide.RunAsync(stop => RestoreAsync(call with { Part = RestorePart.Rest }, to, owner, stop), read, cancellation);
        }
        catch
        {
            await EndAsync(to, owner);
            throw;
        }
    }

    /// <summary>A program that was ended leaves its statement at work on the server, and a database that is not dropped could not be emptied.</summary>
    private async Task EndAsync(ConnectionTextResult there, ScratchOwner owner)
    {
        try
        {
            await using var link = await Original.ConnectAsync(there.Text, Session, CancellationToken.None);
            await EndAsync(link, owner, CancellationToken.None);
        }
        catch (Exception exception) when (exception is QueryFailure or SafeMigrateException)
        {
            // Why the restore ended is what counts.
        }
    }

    public override Task EndAsync(Link session, ScratchOwner dead, CancellationToken cancellation) => session.RunAsync([forms.End(dead.Session)], cancellation);

    private async Task RestoreAsync(RestoreCall call, ConnectionTextResult to, ScratchOwner owner, CancellationToken cancellation)
    {
        var there = await Original.TextAsync(to.Text, Named(owner), cancellation);
        await RunAsync(forms.Restore(call), there, "The backup was not restored", cancellation);
    }

    private Dictionary<string, string> Named(ScratchOwner owner) => new() { [forms.SessionKeyword] = owner.Session };

    private async Task RunAsync(ToolCall call, ConnectionTextResult text, string failed, CancellationToken cancellation)
    {
        if (!programs.Has(call.Program))
        {
            throw new SafeMigrateException($"This machine has no {call.Program} in `{programs.Folder}`.", forms.Install(programs.Major));
        }
        var result = await programs.RunAsync(call, forms.Forms, text, input: null, user: null, cancellation);
        Check(result, call, forms.Forms, failed);
    }
}
