using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates;

/// <summary>What EF has recorded. While EF migrates in a transaction it may keep its history from everybody else, for as long as that takes.</summary>
internal static class EfHistory
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <returns>False when EF keeps it to itself now.</returns>
    public static async Task<bool> TryReadAsync(Session session, Engine engine, CancellationToken cancellation)
    {
        try
        {
            await session.ReadAppliedAsync(engine.Updates.Before(Waiting.Brief, true), cancellation);
            return true;
        }
        catch (QueryFailure failure) when (engine.Updates.OthersInTheWay(failure.SqlState))
        {
            return false;
        }
    }

    /// <exception cref="SafeMigrateException">Somebody migrates; the sentence names who, when it is a run.</exception>
    public static Task ReadAsync(Session session, Engine engine, CancellationToken cancellation) => ReadAsync(session, engine, TimeSpan.Zero, _ => { }, cancellation);

    /// <param name="patience">How long to wait for whoever migrates.</param>
    /// <param name="busy">Told once, when that is a run.</param>
    /// <exception cref="SafeMigrateException">Somebody migrates; the sentence names who, when it is a run.</exception>
    public static async Task ReadAsync(Session session, Engine engine, TimeSpan patience, Action<Holder> busy, CancellationToken cancellation)
    {
        var deadline = TimeProvider.System.GetUtcNow() + patience;
        var told = false;
        while (!await TryReadAsync(session, engine, cancellation))
        {
            var holder = await RunLock.HolderAsync(session, engine, cancellation);
            if (TimeProvider.System.GetUtcNow() >= deadline)
            {
                throw await KeptAsync(session, engine, holder, cancellation);
            }
            if (!told && holder is not null)
            {
                busy(holder);
                told = true;
            }
            await Task.Delay(Pause, cancellation);
        }
    }

    /// <param name="holder">The run at work; null when it is somebody else.</param>
    public static async Task<SafeMigrateException> KeptAsync(Session session, Engine engine, Holder? holder, CancellationToken cancellation) =>
        holder is not null ? await RunLock.BusyAsync(session, engine, holder, cancellation)
        : new(
            "Somebody else migrates this database, and EF keeps its history to itself meanwhile. Nothing was changed.",
            "find out who it is, and let it end; `apply --lock-wait SECONDS` waits for it", ExitCode.StoppedSafely);
}
