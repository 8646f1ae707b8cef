using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Backups;

/// <summary>The engine's own programs write the files and read them.</summary>
internal sealed class ProgramForm(Original original, BackupPrograms forms, Programs programs, int jobs) : BackupForm(original)
{
    public override string Program => $"{forms.Forms.Main} {programs.Version}";

    public override bool Beside => true;

    public override async Task WriteAsync(Link session, string? snapshot, ScratchOwner owner, string path, Action begun, CancellationToken cancellation)
    {
        var from = await Original.TextAsync(Original.ConnectionString, Named(owner), cancellation);
        await RunAsync(forms.Dump(new(path, jobs, snapshot)), from, "The database was not dumped", cancellation);
        PrivateFiles.Close(Path.GetDirectoryName(path)!);
    }

    public override async Task RestoreAsync(string path, ConnectionTextResult to, ScratchOwner owner, RestoreManner manner, CancellationToken cancellation)
    {
        var there = await Original.TextAsync(to.Text, Named(owner), cancellation);
        await RunAsync(forms.Restore(new(path, jobs, manner)), there, "The backup was not restored", cancellation);
    }

    public override Task EndAsync(Link session, ScratchOwner dead, CancellationToken cancellation) => session.RunAsync([forms.End(dead.Session)], cancellation);

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
