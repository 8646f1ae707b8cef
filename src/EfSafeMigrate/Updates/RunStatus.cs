using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Backfills;
using EfSafeMigrate.Updates.Backups;

namespace EfSafeMigrate.Updates;

internal enum RunState
{
    /// <summary>No run was ever on this database.</summary>
    Never,
    Running,
    Done,
    Stopped,
    Failed,

    /// <summary>The journal has its beginning and no end, and nobody has the lock.</summary>
    Interrupted,
}

/// <summary>What is going on, and where a run that ended early left off.</summary>
internal sealed record RunStatus(RunState State, RunRecord? Last)
{
    public Holder? Holder { get; init; }

    /// <summary>The project's migrations in EF's history, oldest first.</summary>
    public IReadOnlyList<string> Applied { get; init; } = [];

    /// <summary>Not in EF's history, oldest first.</summary>
    public IReadOnlyList<string> Pending { get; init; } = [];

    /// <summary>In EF's history and in no run of ours: applied by other means.</summary>
    public IReadOnlyList<string> Elsewhere { get; init; } = [];

    /// <summary>Applied by a run of ours and not in EF's history any more: undone by other means.</summary>
    public IReadOnlyList<string> Undone { get; init; } = [];

    /// <summary>The step a run was at, and EF has recorded it although the journal does not say so.</summary>
    public bool OpenStepIsDone { get; init; }

    /// <summary>EF lets nobody else read its history while the step runs: what is said of it is what the journal says.</summary>
    public bool HistoryIsKept { get; init; }

    /// <summary>The last backup that came back whole; null when the journal knows of none.</summary>
    public BackupProven? Backup { get; init; }

    /// <summary>Those that are not proved to be done.</summary>
    public IReadOnlyList<BackfillStatus> Backfills { get; init; } = [];

    public static async Task<RunStatus> ReadAsync(Session session, Engine engine, IReadOnlyList<string> migrations, CancellationToken cancellation) =>
        await ReadRunAsync(session, engine, migrations, cancellation) with
        {
            Backfills = await BackfillStatus.ReadAsync(session.Connection, engine, TimeProvider.System.GetUtcNow(), cancellation),
        };

    private static async Task<RunStatus> ReadRunAsync(Session session, Engine engine, IReadOnlyList<string> migrations, CancellationToken cancellation)
    {
        var journal = await Journal.OpenAsync(session, engine, cancellation);
        var runs = RunHistory.Of(journal.Entries);
        var last = runs.Count == 0 ? null : runs[^1];
        var holder = await RunLock.HolderAsync(session, engine, cancellation);
        var backup = journal.Events<BackupProven>().LastOrDefault();
        if (!await EfHistory.TryReadAsync(session, engine, cancellation))
        {
            return last is { Ended: null } && StateOf(last, holder) == RunState.Running ? AsTold(last, holder, migrations) with { Backup = backup }
                : throw await EfHistory.KeptAsync(session, engine, holder, cancellation);
        }
        var ours = RunHistory.Applied(journal.Entries);
        return new RunStatus(StateOf(last, holder), last)
        {
            Holder = holder,
            Backup = backup,
            Applied = [.. migrations.Where(session.Applied.Contains)],
            Pending = [.. migrations.Except(session.Applied)],
            Elsewhere = journal.Entries.Count == 0 ? [] : [.. session.Applied.Where(id => !ours.Contains(id) && !runs.Any(run => run.Open?.Migration == id))],
            Undone = [.. migrations.Where(id => ours.Contains(id) && !session.Applied.Contains(id) && (last?.Started.DownTo is null || last.Open?.Migration != id))],
            OpenStepIsDone = last?.Open is { } open && session.Applied.Contains(open.Migration) == (last.Started.DownTo is null),
        };
    }

    /// <summary>What the journal says is to come: the rest of the run, and whatever is newer.</summary>
    private static RunStatus AsTold(RunRecord run, Holder? holder, IReadOnlyList<string> migrations)
    {
        var done = run.Steps.Select(step => step.Migration).ToHashSet();
        return new RunStatus(RunState.Running, run)
        {
            Holder = holder,
            HistoryIsKept = true,
            Pending = [.. run.Started.Migrations.Where(id => !done.Contains(id)), .. migrations.SkipWhile(id => id != run.Started.Migrations[^1]).Skip(1)],
        };
    }

    private static RunState StateOf(RunRecord? last, Holder? holder) => last switch
    {
        null => holder is null ? RunState.Never : RunState.Running,
        { Ended: null } => holder is { IsGone: false } && (holder.Run is null || holder.Run == last.Id) ? RunState.Running : RunState.Interrupted,
        { Ended.Outcome: RunOutcome.Done } => RunState.Done,
        { Ended.Outcome: RunOutcome.Stopped } => RunState.Stopped,
        { Ended.Outcome: RunOutcome.Interrupted } => RunState.Interrupted,
        _ => RunState.Failed,
    };
}
