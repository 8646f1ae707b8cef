using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates;

/// <summary>
/// Ends sessions that are in the way of a step behind which everybody queues, when a person asked for it. The engine decides about each:
/// never a superuser's, a server's own, one that locked a table on purpose, or one that has written anything that would be lost.
/// </summary>
/// <param name="ended">Gets those that were ended.</param>
internal sealed class BlockerEnding(RunContext run, PlannedUpdate migration, List<EndedSession> ended)
{
    /// <summary>Younger transactions end by themselves while the step is tried again.</summary>
    private static readonly TimeSpan Youngest = TimeSpan.FromSeconds(2);

    private const int Seconds = 5;

    private readonly HashSet<(int Process, string Why)> spared = [];

    /// <summary>A question that fails ends nobody, and never the step.</summary>
    public async Task EndAsync(IReadOnlyList<Blocker> blockers, CancellationToken cancellation)
    {
        foreach (var blocker in blockers.Where(each => each.Age > Youngest))
        {
            try
            {
                foreach (var why in await VerdictAsync(blocker, cancellation))
                {
                    Tell(blocker, why);
                }
            }
            catch (QueryFailure failure)
            {
                Tell(blocker, failure.Sentence.TrimEnd('.'));
            }
            catch (OperationCanceledException)
            {
                // The step has ended meanwhile.
                return;
            }
        }
    }

    /// <summary>Nothing of one that is in nobody's way at the moment: between two attempts of the step nobody is, and the next look asks again.</summary>
    private async Task<IEnumerable<string?>> VerdictAsync(Blocker blocker, CancellationToken cancellation)
    {
        if (run.Engine.Updates.End is not { } end || run.Work.Backend is not { } ours)
        {
            return ["the engine has no way to end it"];
        }
        var result = await run.Watch.RunAsync([end(ours, blocker.Process)], transaction: false, cancellation, Seconds);
        return result[0].Rows.Select(row => row[0]);
    }

    private void Tell(Blocker blocker, string? why)
    {
        if (why is null)
        {
            ended.Add(new EndedSession(blocker.Process, blocker.Application, Math.Round(blocker.Age.TotalSeconds, 1)));
        }
        if (why is null || spared.Add((blocker.Process, why)))
        {
            run.Tell(new BlockerMet(migration, blocker, why));
        }
    }
}
