using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>A database of our own: made, filled, handed out, and gone when disposed.</summary>
internal sealed class Scratch : IAsyncDisposable
{
    private const string SourceSession = "scratch source";

    private readonly Link source;
    private readonly ScratchHome home;
    private readonly Action<ScratchNews> tell;

    private Scratch(Link source, ScratchHome home, Action<ScratchNews> tell) => (this.source, this.home, this.tell) = (source, home, tell);

    /// <summary>Without pooling: a session that is closed is gone.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>As a person knows it, without a password.</summary>
    public string Where => home.Where;

    /// <summary>Makes one, brings the source's schema in, and fills it.</summary>
    public static async Task<Scratch> OpenAsync(ScratchChoice choice, Original original, Action<ScratchNews> tell, CancellationToken cancellation)
    {
        if (original.Engine.Scratch is null && choice.Filling is not Restored)
        {
            throw new SafeMigrateException($"Scratch databases on {original.Engine.Name} are not supported yet.", "try the migration on a copy of your own");
        }
        var owner = ScratchOwner.New();
        var source = await original.ConnectAsync(original.ConnectionString, SourceSession, cancellation);
        try
        {
            if (original.Forms.Server is { } server)
            {
                // As long as it is there, another machine sees that this run lives.
                await source.RunAsync([server.Name(owner.Session)], cancellation);
            }
            await new Leftovers(original, source, tell).RemoveAsync(cancellation);
            await DataStays.CheckAsync(choice, original, cancellation);
            var scratch = new Scratch(source, await HomeAsync(choice, original, owner, source, tell, cancellation), tell);
            await scratch.MakeAsync(choice, original, cancellation);
            return scratch;
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RemoveAsync();
        await source.DisposeAsync();
    }

    private async Task MakeAsync(ScratchChoice choice, Original original, CancellationToken cancellation)
    {
        try
        {
            var text = await home.MakeAsync(cancellation);
            ConnectionString = text.Text;
            tell(new ScratchMade(Where));
            await using var link = await original.ConnectAsync(text.Text, ScratchHome.Session, cancellation);
            await new ScratchContents(original, source, link, text, choice, tell).BringAsync(cancellation);
        }
        catch
        {
            await RemoveAsync();
            throw;
        }
    }

    private async Task RemoveAsync()
    {
        if (!home.IsTaken)
        {
            return;
        }
        try
        {
            await home.RemoveAsync();
            tell(new ScratchGone(Where, home.IsDropped));
        }
        catch (Exception exception) when (exception is QueryFailure or SafeMigrateException or IOException or UnauthorizedAccessException)
        {
            tell(new ScratchNote($"{Where} is left, and the next run that makes a scratch database takes it away: {exception.Message}"));
        }
    }

    private static async Task<ScratchHome> HomeAsync(ScratchChoice choice, Original original, ScratchOwner owner, Link source, Action<ScratchNews> tell, CancellationToken cancellation)
    {
        if (choice.Place == ScratchPlace.Named)
        {
            return new NamedDatabase(original, owner, choice, source);
        }
        if (original.Forms.Server is not { } server)
        {
            return new ScratchFile(original, ScratchFolder.Make(owner));
        }
        if ((choice.NotOnServer ?? await source.OneAsync(server.MayCreate, cancellation)) is not { } why)
        {
            return new OwnDatabase(original, owner, source);
        }
        if (choice.Place == ScratchPlace.Server)
        {
            throw new SafeMigrateException($"No database can be made on {source.Server}: {why}.", "--scratch auto   takes a private server on this machine; --scratch CONNECTION names an empty database", ExitCode.StoppedSafely);
        }
        if (server.Tools is not { } tools)
        {
            throw new SafeMigrateException($"No database can be made on {source.Server}: {why}.", "--scratch CONNECTION   names an empty database", ExitCode.StoppedSafely);
        }
        var programs = await Programs.FindAsync(tools, await MajorAsync(original.Engine, source, cancellation), cancellation);
        return programs is not null && programs.Has(tools.Server)
            ? new PrivateDatabase(original, source, new PrivateServer(tools, programs, RunAs.Needed(tools.Private.Users), ScratchFolder.Make(owner)), tell)
            : throw new SafeMigrateException(
                $"No database can be made on {source.Server}: {why}; and this machine has no {original.Engine.Name} of its own.", $"--scratch CONNECTION   names an empty database; {tools.Variable} names the folder of the server's programs", ExitCode.StoppedSafely);
    }

    public static async Task<int> MajorAsync(Engine engine, Link link, CancellationToken cancellation) =>
        (await link.AskAsync(engine.Catalogue.Settings, cancellation)).FirstOrDefault(row => row[0] == Catalogue.Version) is { } found && EngineVersion.TryParse(found[1], out var version)
            ? version.Major : engine.Assumed.Major;
}
