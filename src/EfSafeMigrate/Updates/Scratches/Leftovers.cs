using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>What runs left that were killed: databases, servers and files of processes that are dead. Everything else is left alone.</summary>
internal sealed class Leftovers(Original original, Link source, Action<ScratchNews> tell)
{
    /// <summary>Of another machine nobody knows whether its process lives; one that has had no session for so long does not.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    private readonly ServerForms? server = original.Forms.Server;

    public async Task RemoveAsync(CancellationToken cancellation)
    {
        foreach (var folder in ScratchFolder.Left(RunAs.Numbers(server?.Tools?.Private.Users ?? [])))
        {
            await RemoveAsync(folder, cancellation);
        }
        foreach (var found in server is null ? [] : await source.AskAsync(server.Ours(ScratchOwner.Beginning), cancellation))
        {
            if (await IsLeftAsync(found[0]!, ScratchOwner.Parse(found[1]), isUsed: found[2] is not null, cancellation))
            {
                await DropAsync(found[0]!, cancellation);
            }
        }
    }

    private async Task RemoveAsync(ScratchFolder folder, CancellationToken cancellation)
    {
        try
        {
            await PrivateServer.RemoveAsync(server?.Tools, folder, cancellation);
            tell(new LeftoverGone(folder.Path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            tell(new ScratchNote($"{folder.Path} is left from a run that was killed, and cannot be removed: {exception.Message}"));
        }
    }

    private async Task<bool> IsLeftAsync(string name, ScratchOwner? owner, bool isUsed, CancellationToken cancellation)
    {
        if (owner is null)
        {
            // Killed before it could be marked: what has our whole name and nothing in it.
            return ScratchOwner.OfName(name) is { } made && !Operator.Runs(made.Process) && await IsEmptyAsync(name, cancellation);
        }
        // The mark says when its process began, which is before it made the database.
        return owner.IsHere ? owner.IsDead
            : !isUsed && DateTimeOffset.UtcNow - owner.Begun > Forgotten && (await source.AskAsync(server!.Named(owner.Session), cancellation)).Count == 0;
    }

    private async Task<bool> IsEmptyAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var text = await original.ToAsync(name, cancellation);
            await using var link = await original.ConnectAsync(text.Text, ScratchHome.Session, cancellation);
            return (await link.AskAsync(original.Forms.Tables, cancellation)).Count == 0;
        }
        catch (Exception exception) when (exception is QueryFailure or SafeMigrateException)
        {
            // Another run clears it away now, or this user may not look into it.
            return false;
        }
    }

    private async Task DropAsync(string name, CancellationToken cancellation)
    {
        try
        {
            await source.RunAsync(server!.Drop(name), cancellation, seconds: 60);
            tell(new LeftoverGone($"database {name}"));
        }
        catch (QueryFailure failure) when (!failure.Lost)
        {
            if ((await source.AskAsync(server!.Ours(name), cancellation)).Count == 0)
            {
                // Another run was quicker.
                return;
            }
            tell(new ScratchNote($"The database {name} is left from a run that was killed, and cannot be dropped: {failure.Sentence}"));
        }
    }
}
