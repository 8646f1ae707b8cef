using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>Where a scratch database lives: how it comes to be, and how it goes.</summary>
internal abstract class ScratchHome
{
    /// <summary>Session of the server where the database is made.</summary>
    protected const string ServerSession = "scratch server";

    public const string Session = "scratch";

    /// <summary>As a person knows it, without a password.</summary>
    public abstract string Where { get; }

    /// <summary>False for one that is only emptied.</summary>
    public virtual bool IsDropped => true;

    /// <summary>False for one that was refused: nothing has become of it.</summary>
    public virtual bool IsTaken => true;

    /// <summary>Makes it, empty.</summary>
    /// <returns>The way to it.</returns>
    public abstract Task<ConnectionTextResult> MakeAsync(CancellationToken cancellation);

    /// <summary>Drops or empties it, however far it has come.</summary>
    /// <exception cref="QueryFailure">The server does not let it go.</exception>
    public abstract Task RemoveAsync();
}

/// <summary>A database on the source's server.</summary>
/// <param name="server">A session there.</param>
internal sealed class OwnDatabase(Original original, ScratchOwner owner, Link server) : ScratchHome
{
    private Link server = server;

    public override string Where => $"{owner.Name}@{server.Server}";

    public override async Task<ConnectionTextResult> MakeAsync(CancellationToken cancellation)
    {
        var forms = original.Forms.Server!;
        var create = await server.AskAsync(forms.Create(owner.Name), cancellation);
        await server.RunAsync([new(create[0][0]!), forms.Mark(owner.Name, owner.ToString()), .. create.Skip(1).Select(row => new StatementMessage(row[0]!))], cancellation);
        return await original.ToAsync(owner.Name, cancellation);
    }

    public override async Task RemoveAsync()
    {
        var drop = original.Forms.Server!.Drop(owner.Name);
        try
        {
            await server.RunAsync(drop, CancellationToken.None, seconds: 60);
        }
        catch (QueryFailure)
        {
            // The session may be gone, or somebody came between the two statements.
            server = await original.ConnectAsync(original.ConnectionString, ServerSession, CancellationToken.None);
            await using (server)
            {
                await server.RunAsync(drop, CancellationToken.None, seconds: 60);
            }
        }
    }
}

/// <summary>A database on a server of our own.</summary>
internal sealed class PrivateDatabase(Original original, Link source, PrivateServer server, Action<ScratchNews> tell) : ScratchHome
{
    /// <summary>As the source's: a migration may say it.</summary>
    private string Name => source.Database == original.Forms.Server!.Tools!.Private.First ? "scratch" : source.Database;

    public override string Where => $"a private server in {server.Folder}";

    public override async Task<ConnectionTextResult> MakeAsync(CancellationToken cancellation)
    {
        var forms = original.Forms.Server!;
        await server.StartAsync(cancellation);
        var first = await original.TextAsync("", With(server.Connection(forms.Tools!.Private.First)), cancellation);
        var create = await source.AskAsync(forms.Create(Name), cancellation);
        var roles = await source.AskAsync(forms.Roles, cancellation);
        await using var link = await original.ConnectAsync(first.Text, ServerSession, cancellation);
        foreach (var role in roles)
        {
            // One is there from the beginning.
            await TryAsync(link, role[0]!, cancellation);
        }
        if (await TryAsync(link, create[0][0]!, cancellation) is { } refusal)
        {
            await link.RunAsync([forms.CreatePlainly(Name)], cancellation);
            tell(new ScratchNote($"The private server sorts text otherwise than the source: {refusal}"));
        }
        foreach (var setting in create.Skip(1))
        {
            await TryAsync(link, setting[0]!, cancellation);
        }
        return await original.TextAsync("", With(server.Connection(Name)), cancellation);
    }

    public override Task RemoveAsync() => server.RemoveAsync(CancellationToken.None);

    private Dictionary<string, string> With(IReadOnlyDictionary<string, string> connection) => connection.Concat(original.Forms.Always).ToDictionary();

    private static async Task<string?> TryAsync(Link link, string sql, CancellationToken cancellation)
    {
        try
        {
            await link.RunAsync([sql], cancellation);
            return null;
        }
        catch (QueryFailure failure) when (!failure.Lost)
        {
            return failure.Sentence;
        }
    }
}

/// <summary>A file in a folder of our own.</summary>
internal sealed class ScratchFile(Original original, ScratchFolder folder) : ScratchHome
{
    public override string Where => folder.File("scratch.db");

    public override Task<ConnectionTextResult> MakeAsync(CancellationToken cancellation) => original.ToAsync(Where, cancellation);

    public override Task RemoveAsync()
    {
        folder.Remove();
        return Task.CompletedTask;
    }
}
