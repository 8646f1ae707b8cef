using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using Humanizer;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>A database that somebody named: taken when it is empty or a run that was killed left its mark in it, emptied at the end, never dropped.</summary>
internal sealed class NamedDatabase(Original original, ScratchOwner owner, ScratchChoice choice, Link source) : ScratchHome
{
    private string where = "the named database";
    private string? text;
    private string? said;

    public override string Where => where;

    public override bool IsDropped => false;

    public override bool IsTaken => text is not null;

    public override async Task<ConnectionTextResult> MakeAsync(CancellationToken cancellation)
    {
        var forms = original.Forms;
        var found = await original.TextAsync(choice.Connection, forms.Always, cancellation);
        await using var link = await original.ConnectAsync(found.Text, Session, cancellation);
        where = link.Where;
        var identity = original.Engine.Backups.Identity;
        var (here, there) = ((await link.AskAsync(identity, cancellation))[0][1]!, (await source.AskAsync(identity, cancellation))[0][1]!);
        if (here == there)
        {
            throw Refused("is the database itself", "name another one, or leave out --scratch");
        }
        if (choice.NotOnServer is { } why && here.Split('/')[0] == there.Split('/')[0])
        {
            throw Refused($"is on the server of the database itself: {why}", "name one on another server, or leave out --scratch");
        }
        var objects = await link.AskAsync(forms.Objects, cancellation);
        var mark = await link.OneAsync(forms.Mark, cancellation);
        var before = ScratchOwner.Parse(mark);
        if (before is null && objects.Count > 0)
        {
            throw Refused($"has {Counted(objects[0][0]!, objects.Count(row => row[0] == objects[0][0]))}, and is no scratch database", "name an empty one; nothing that is not a scratch database is ever emptied");
        }
        if (before is { IsHere: true, IsDead: false } && before.Process != owner.Process)
        {
            throw Refused($"is in use by process {before.Process} on this machine", "let it end, or name another one");
        }
        if (before is { IsHere: false } && forms.Server is { } server && (await source.AskAsync(server.Named(before.Session), cancellation)).Count > 0)
        {
            throw Refused("is in use by a run on another machine", "let it end, or name another one");
        }
        // Marked before anything is in it: from here on it may be emptied.
        said = before is null ? mark : ScratchOwner.Behind(mark!);
        await link.RunAsync(forms.SetMark(owner.Before(said)), cancellation);
        text = found.Text;
        await Emptying.RunAsync(original.Forms, link, cancellation);
        return found;
    }

    public override async Task RemoveAsync()
    {
        await using var link = await original.ConnectAsync(text, Session, CancellationToken.None);
        await Emptying.RunAsync(original.Forms, link, CancellationToken.None);
        // Without a mark: what somebody puts into it from now on is never emptied.
        await link.RunAsync(original.Forms.SetMark(said), CancellationToken.None);
    }

    private static string Counted(string kind, int count) => count == 1 ? $"a {kind}" : kind.ToQuantity(count);

    private SafeMigrateException Refused(string why, string next) => new($"{Where} {why}. Nothing was changed.", next, ExitCode.StoppedSafely);
}
