using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>A database that somebody named: taken when it is empty or was a scratch before, emptied at the end, never dropped.</summary>
internal sealed class NamedDatabase(Original original, ScratchOwner owner, string connectionString, Link source) : ScratchHome
{
    private string where = "the named database";
    private string? text;

    public override string Where => where;

    public override bool IsDropped => false;

    public override async Task<ConnectionTextResult> MakeAsync(CancellationToken cancellation)
    {
        var forms = original.Engine.Scratch!;
        var found = await original.TextAsync(connectionString, forms.Always, cancellation);
        await using var link = await original.ConnectAsync(found.Text, Session, cancellation);
        where = link.Where;
        var identity = original.Engine.Updates.Identity;
        if ((await link.AskAsync(identity, cancellation))[0][1] == (await source.AskAsync(identity, cancellation))[0][1])
        {
            throw Refused("is the database itself", "name another one, or leave out --scratch");
        }
        var tables = await link.AskAsync(forms.Tables, cancellation);
        var mark = await link.OneAsync(forms.Mark, cancellation);
        var before = ScratchOwner.Parse(mark);
        if (before is null && tables.Count > 0)
        {
            throw Refused($"has {Counted(tables.Count)}, and is no scratch database", "name an empty one; nothing that is not a scratch database is ever emptied");
        }
        if (before is { IsHere: true, IsDead: false } && before.Process != owner.Process)
        {
            throw Refused($"is in use by process {before.Process} on this machine", "let it end, or name another one");
        }
        // Marked before anything is in it: from here on it may be emptied.
        await link.RunAsync(forms.SetMark(owner.ToString()), cancellation);
        text = found.Text;
        await ClearAsync(link, cancellation);
        return found;
    }

    public override async Task RemoveAsync()
    {
        if (text is null)
        {
            return;
        }
        await using var link = await original.ConnectAsync(text, Session, CancellationToken.None);
        await ClearAsync(link, CancellationToken.None);
    }

    private async Task ClearAsync(Link link, CancellationToken cancellation)
    {
        await link.RunAsync(original.Engine.Scratch!.Rows.Begin, cancellation);
        for (string? last = null; await link.OneAsync(original.Engine.Scratch!.Clear, cancellation) is { } sql; last = sql)
        {
            if (sql == last)
            {
                throw new QueryFailure($"`{sql}` does not take it away.", null);
            }
            await link.RunAsync([sql], cancellation);
        }
    }

    private static string Counted(int tables) => tables == 1 ? "a table" : $"{tables} tables";

    private SafeMigrateException Refused(string why, string next) => new($"{Where} {why}. Nothing was changed.", next, ExitCode.StoppedSafely);
}
