using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates;

/// <summary>
/// Ends sessions that are in the way of a step behind which everybody queues, when a person asked for it. The engine decides about each:
/// never a superuser's, a server's own, one that locked a table on purpose, or one that has written anything that would be lost.
/// </summary>
internal sealed class BlockerEnding(Session watch, Engine engine, int backend, Action<Blocker, string?> tell)
{
    /// <summary>Younger transactions end by themselves while the step is tried again.</summary>
    public static readonly TimeSpan Youngest = TimeSpan.FromSeconds(2);

    private readonly HashSet<(int Process, string Why)> spared = [];
    private readonly List<EndedSession> ended = [];

    public IReadOnlyList<EndedSession> Ended => ended;

    public async Task EndAsync(IReadOnlyList<Blocker> blockers, CancellationToken cancellation)
    {
        foreach (var blocker in blockers.Where(each => each.Age > Youngest))
        {
            var verdict = await VerdictAsync(blocker, cancellation);
            if (verdict is null)
            {
                ended.Add(new EndedSession(blocker.Process, blocker.Application, Math.Round(blocker.Age.TotalSeconds, 1)));
                tell(blocker, null);
            }
            else if (spared.Add((blocker.Process, verdict)))
            {
                tell(blocker, verdict);
            }
        }
    }

    private async Task<string?> VerdictAsync(Blocker blocker, CancellationToken cancellation)
    {
        if (engine.Updates.End is not { } end)
        {
            return "the engine has no way to end it";
        }
        try
        {
            var result = await watch.RunAsync([end(backend, blocker.Process)], transaction: false, cancellation, timeoutSeconds: 5);
            return result[0].Rows is [[var why, ..], ..] ? why : "it had ended";
        }
        catch (QueryFailure failure) when (!failure.Lost)
        {
            return failure.Sentence.TrimEnd('.');
        }
    }
}
