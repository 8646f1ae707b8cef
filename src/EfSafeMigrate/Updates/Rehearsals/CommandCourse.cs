using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.Updates.Rehearsals;

/// <summary>What is heard and seen of one migration.</summary>
internal sealed class CommandCourse(PlannedUpdate migration)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly object gate = new();
    private readonly List<SeenCommand> seen = [];
    private readonly Dictionary<int, BackfillDrained> drained = [];
    private readonly HashSet<(TableName, string)> glimpsed = [];
    private IReadOnlyList<IReadOnlyList<string?>>? before;
    private int? current;
    private Blocker? blocker;
    private DateTime? since;
    private TimeSpan waited;

    public IReadOnlyList<SeenCommand> Seen => seen;

    public string Blocker => blocker is { } found ? $"process {found.Process}{(found.Application.Length > 0 ? $" ({found.Application})" : "")}" : "another session";

    /// <summary>How long the command that runs has been waiting without a break.</summary>
    private TimeSpan Waiting => since is { } begun ? DateTime.UtcNow - begun : TimeSpan.Zero;

    /// <summary>Sees who is in the way, and the locks of commands that commit by themselves, until cancelled.</summary>
    /// <param name="ask">The engine's question about the locks of the session that works.</param>
    /// <param name="stop">Called when it has waited for longer than is worth it.</param>
    public async Task WatchAsync(Query query, Ask ask, TimeSpan patience, Action stop, CancellationToken cancellation)
    {
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                Look((await query(ask.Sql, ask.Parameters, 5, cancellation)).Rows);
                if (Waiting > patience)
                {
                    stop();
                }
                await Task.Delay(Pause, cancellation);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or QueryFailure)
        {
            // The migration has ended; or it goes on unseen.
        }
    }

    public void Tell(RunNews news)
    {
        if (news is BackfillMoved { News: BackfillDrained done })
        {
            drained[drained.Count] = done;
        }
    }

    public void Progress(CommandProgress progress)
    {
        lock (gate)
        {
            if (progress.Milliseconds is not { } took)
            {
                (current, before, blocker, since, waited) = (progress.Command, progress.Seen, null, null, TimeSpan.Zero);
                glimpsed.Clear();
                return;
            }
            var fill = migration.Commands.Take(progress.Command).Count(command => command.Backfill is not null);
            var ran = migration.Commands[progress.Command].Backfill is not null && drained.TryGetValue(fill, out var found) ? found : null;
            seen.Add(new(progress.Command, ran?.Took.TotalMilliseconds ?? took)
            {
                Changed = ran is null ? progress.Changed ?? -1 : (int)Math.Min(ran.Changed, int.MaxValue),
                Before = before is null ? null : new(before),
                After = progress.Seen is null ? null : new(progress.Seen),
                Glimpsed = migration.Commands[progress.Command].Suppressed ? [.. glimpsed.Where(each => migration.HistoryTable?.Matches(each.Item1) != true)] : [],
                Blocker = blocker,
                Waited = waited,
            });
            current = null;
        }
    }

    /// <param name="rows">As the engine's question about locks answers.</param>
    private void Look(IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        lock (gate)
        {
            if (current is null)
            {
                since = null;
                return;
            }
            foreach (var row in rows.Where(row => row[0] == "holds"))
            {
                var at = row[1]!.IndexOf('.', StringComparison.Ordinal);
                glimpsed.Add((new(row[1]![..at], row[1]![(at + 1)..]), row[2]!));
            }
            var behind = rows.FirstOrDefault(row => row[0] == "blocked-by");
            if (behind is null)
            {
                since = null;
                return;
            }
            blocker = new((int)Number(behind[1]), behind[2] ?? "", TimeSpan.FromMilliseconds(Number(behind[3])), behind[4] ?? "");
            since ??= DateTime.UtcNow;
            waited = Waiting > waited ? Waiting : waited;
        }
    }

    private static long Number(string? text) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
