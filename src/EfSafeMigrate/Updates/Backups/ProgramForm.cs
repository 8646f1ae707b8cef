using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Backups;

/// <summary>The engine's own programs write the files and read them.</summary>
internal sealed class ProgramForm(Original original, BackupPrograms forms, Programs programs, int jobs) : BackupForm(original)
{
    public override string Program => $"{forms.Forms.Main} {programs.Version}";

    public override bool Beside => true;

    /// <exception cref="SafeMigrateException">They are missing, or older than the server.</exception>
    public static async Task<BackupForm> FindAsync(Original original, BackupPrograms forms, int jobs, int major, CancellationToken cancellation)
    {
        var found = await Programs.FindAsync(forms.Forms, major, cancellation);
        if (found is null)
        {
            throw new SafeMigrateException($"This machine has no {forms.Forms.Main}.", forms.Install(major));
        }
        return found.Major >= major ? new ProgramForm(original, forms, found, jobs)
            : throw new SafeMigrateException($"{forms.Forms.Main} {found.Version} in `{found.Folder}` is older than the server, which is {original.Engine.Name} {major}. Nothing was written.", forms.Install(major));
    }

    public override async Task WriteAsync(Link session, string? snapshot, ScratchOwner owner, string path, CancellationToken cancellation)
    {
        var from = await Original.TextAsync(Original.ConnectionString, Named(owner), cancellation);
        await RunAsync(forms.Dump(new(path, jobs, snapshot)), from, "The database was not dumped", cancellation);
        PrivateFiles.Close(Path.GetDirectoryName(path)!);
    }

    public override async Task RestoreAsync(string path, ConnectionTextResult to, ScratchOwner owner, bool owners, CancellationToken cancellation)
    {
        var there = await Original.TextAsync(to.Text, Named(owner), cancellation);
        await RunAsync(forms.Restore(new(path, jobs, owners)), there, "The backup was not restored", cancellation);
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
        if (result.Code != 0)
        {
            string[] lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var why = lines.Select(forms.Forms.Complaint).OfType<string>().FirstOrDefault() ?? lines.LastOrDefault() ?? $"exit code {result.Code}";
            throw new SafeMigrateException($"{failed}: {call.Program} says: {why.TrimEnd('.')}.", "--verbose shows all it says", ExitCode.Environment, detail: result.Error);
        }
    }
}
