using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Updates.Preflight;

/// <summary>Room for what the steps write, the log included. The forecast counts both, and holds for each disk when they are apart.</summary>
internal sealed class DiskCheck : PreflightCheck
{
    public override string Title => "free disk for the forecast";

    public override async Task<IReadOnlyList<Objection>> CheckAsync(PreflightContext context, CancellationToken cancellation)
    {
        if (context.Plan.Disk is 0)
        {
            return [];
        }
        var folders = await context.AskAsync(context.Forms.Folders, cancellation);
        var free = folders.Select(row => (What: row[0]!, Path: row[1]!, Bytes: context.Free(row[1]!))).Where(each => each.Bytes is not null).ToArray();
        if (free.Length == 0)
        {
            return [Note("The free disk of the server is not known: it is another machine, or this user may not see its folders.")];
        }
        if (context.Plan.Disk is not { } needed)
        {
            return [Note("The disk the steps need is not known: the size of a table is not known.")];
        }
        return [.. free.Where(each => each.Bytes < needed).Take(1).Select(each => Objection.Refuse(
            $"The steps need about {Say.Bytes(needed)} of disk, and {Say.Bytes(each.Bytes!.Value)} are free where the {each.What} of {context.Plan.Target.Database} is.",
            "free disk, or add some; --plan-only shows what each step needs"))];
    }

    private static Objection Note(string sentence) => Objection.Warn(sentence, "compare the forecast of --plan-only with the server's disk") with { Detail = true };
}
