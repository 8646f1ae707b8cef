using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Backups;

/// <summary>The moment in which nobody writes, where the dump and the session that reads the rows have no snapshot in common: as long as both of them need to begin.</summary>
internal sealed class StillMoment : IAsyncDisposable
{
    private const string Session = "backup still";

    private readonly Link? link;
    private readonly string thaw;
    private Task ending = Task.CompletedTask;
    private int over;

    private StillMoment(Link? link, string thaw) => (this.link, this.thaw) = (link, thaw);

    /// <summary>Nobody is kept from anything where this user may not, or somebody is in the way; then the proof tells whether somebody wrote.</summary>
    public static async Task<StillMoment> BeginAsync(Original original, Action<BackupNews> tell, CancellationToken cancellation)
    {
        var forms = original.Engine.Backups;
        if (forms.Freeze.Count == 0)
        {
            return new(null, "");
        }
        var link = await original.ConnectAsync(original.ConnectionString, Session, cancellation);
        try
        {
            await link.RunAsync(forms.Freeze, cancellation, seconds: 30);
            return new(link, forms.Thaw);
        }
        catch (QueryFailure failure)
        {
            await link.DisposeAsync();
            tell(new NotStill(failure.Sentence));
            return new(null, "");
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }

    public void End()
    {
        if (link is not null && Interlocked.Exchange(ref over, 1) == 0)
        {
            ending = link.RunAsync([thaw], CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        End();
        await ending;
        await (link?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
