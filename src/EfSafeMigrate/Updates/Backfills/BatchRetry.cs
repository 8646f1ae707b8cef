using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;
using Humanizer;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>Tries a batch again when others were in its way, or when the connection was lost; anything else ends it at once.</summary>
internal sealed class BatchRetry(string name, TableName table, Connection connection, BackfillForms forms, Action<BackfillNews> tell)
{
    /// <summary>After a loss the server may still be at the batch: it commits when the place has been read already, which is then another.</summary>
    private const int Doubtful = 3;

    public RetrySchedule Schedule { get; init; } = new();

    public Func<TimeSpan, CancellationToken, Task> Wait { get; init; } = Task.Delay;

#pragma warning disable CA5394 // Not a secret: it keeps two that met from meeting again.
    public Func<double> Chance { get; init; } = Random.Shared.NextDouble;
#pragma warning restore CA5394

    /// <param name="size">Rows to begin with.</param>
    /// <param name="attempt">Given the rows to take; all that it does is one transaction, or can be done again.</param>
    /// <param name="resume">
    /// After the connection was lost: the commit may have gone through, so where the work stands is read again from the database before the next attempt.
    /// </param>
    /// <exception cref="SafeMigrateException">Others were in the way too often.</exception>
    /// <exception cref="QueryFailure">It failed for another reason.</exception>
    public async Task<T> RunAsync<T>(int size, Func<int, CancellationToken, Task<T>> attempt, Func<CancellationToken, Task> resume, CancellationToken cancellation)
    {
        QueryFailure? lost = null;
        var doubtful = 0;
        for (var current = Attempt.First(size); ;)
        {
            try
            {
                if (lost is not null)
                {
                    if (lost.Lost)
                    {
                        await connection.ReconnectAsync!(lost, cancellation);
                    }
                    await resume(cancellation);
                    (doubtful, lost) = (lost.Lost ? Doubtful : doubtful, null);
                }
                return await attempt(current.Size, cancellation);
            }
            catch (QueryFailure failure) when ((failure.Lost && connection.ReconnectAsync is not null) || forms.OthersInTheWay(failure.SqlState) || (failure.Unexpected && doubtful-- > 0))
            {
                if (Schedule.After(current) is not { } next)
                {
                    throw GaveUp(failure, current);
                }
                lost = failure.Lost || failure.Unexpected ? failure : lost;
                var pause = Schedule.Pause(current.Number, Chance());
                tell(new BatchPutOff(name, current.Number, failure.Sentence, pause));
                current = next;
                await Wait(pause, cancellation);
            }
        }
    }

    private SafeMigrateException GaveUp(QueryFailure failure, Attempt last) => new(
        $"A batch of {table} was tried {"time".ToQuantity(last.Number)}, with {"row".ToQuantity(last.Size)} at the end, and {(failure.Lost ? "the connection was lost again" : "others were in its way each time")}: {failure.Sentence.TrimEnd('.')}. All batches before it are kept.",
        failure.Lost ? "see why the server ends connections, and run it again: it goes on behind the last batch" : $"find out who holds rows of {table} for so long, and run it again: it goes on behind the last batch",
        ExitCode.StoppedSafely,
        failure.Detail);
}
