using System.Text.Json;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>A backfill as it is seen from outside.</summary>
/// <param name="Progress">What its run said last, with the rows as they are counted now.</param>
internal sealed record BackfillStatus(BackfillRecord Record, BackfillProgress Progress)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>Nobody has said anything since; null when it is over, or somebody did.</summary>
    public DateTimeOffset? Silent { get; init; }

    /// <summary>By the clock of this machine; a run on another one has its own.</summary>
    public static DateTimeOffset? SilentSince(BackfillRecord record, DateTimeOffset now) =>
        record.State is BackfillState.Running or BackfillState.Held && now - record.Seen > Silence ? record.Seen.ToUniversalTime() : null;

    /// <summary>All that are not proved to be done.</summary>
    public static async Task<IReadOnlyList<BackfillStatus>> ReadAsync(Connection connection, Engine engine, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!engine.HasBackfill)
        {
            return [];
        }
        var store = new BackfillStore(connection, engine.Backfill.Tables);
        List<BackfillStatus> read = [];
        foreach (var record in (await store.ReadAsync(cancellation)).Where(each => each.State != BackfillState.Verified))
        {
            var parts = await store.PartsAsync(record.Name, cancellation);
            var aside = await store.SetAsideAsync(record.Name, cancellation);
            read.Add(new(record, Said(record) with { Walked = parts.Sum(part => part.Walked), Changed = parts.Sum(part => part.Changed), Quarantined = aside.Count })
            {
                Silent = SilentSince(record, now),
            });
        }
        return read;
    }

    private static BackfillProgress Said(BackfillRecord record)
    {
        var said = record.News.Length == 0 ? null : JsonSerializer.Deserialize(record.News, BackfillJson.Default.BackfillProgress);
        // Only a run that is at work has a pace, and a reason to stand still.
        return (said ?? new(record.Name, 0, 0, record.Total)) switch
        {
            var each when record.State is BackfillState.Running or BackfillState.Held => each,
            var each => each with { Rate = 0, Left = null, Lag = null, Held = null, IsDone = record.State is BackfillState.Drained or BackfillState.Verified },
        };
    }
}
