using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Preflight;

/// <summary>What the checks look at; nothing is locked yet.</summary>
/// <param name="Work">Asks the session that is going to work.</param>
/// <param name="Watch">Asks the session that looks on.</param>
internal sealed record PreflightContext(Engine Engine, EngineVersion Version, UpdatePlan Plan, FactSheet Facts, UpdateSettings Settings, Query Work, Query Watch)
{
    private const int AskSeconds = 15;

    /// <summary>The server's process behind <see cref="Work"/>, as the driver heard it when it connected.</summary>
    public int? Backend { get; init; }

    public IReadOnlyList<JournalEntry> Journal { get; init; } = [];

    /// <summary>Ids in EF's history, without those of other contexts.</summary>
    public IReadOnlyList<string> Applied { get; init; } = [];

    /// <summary>The provider and its version, on which the commands of a migration depend.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Reads migrations of the project, as they are now.</summary>
    public Func<IReadOnlyList<string>, CancellationToken, Task<ChangeSet>> Describe { get; init; } = (_, _) => Task.FromResult(new ChangeSet([]));

    /// <summary>How the database is compared with its last applied migration; null where it is not.</summary>
    public DriftTerms? Drift { get; init; }

    /// <summary>Bytes free where the folder or file is; null when nobody knows.</summary>
    public Func<string, long?> Free { get; init; } = FreeSpace.Of;

    public PreflightForms Forms => Engine.Updates.Preflight;

    public static PreflightContext Of(RunContext run, UpdatePlan plan, FactSheet facts) =>
        new(run.Engine, run.Version, plan, facts, run.Settings, run.Work.QueryAsync, run.Watch.QueryAsync)
        {
            Backend = run.Work.Backend,
            Journal = run.Journal.Entries,
            Applied = [.. run.Work.Applied.Where(run.Knows)],
        };

    /// <summary>The rows of a question; none where the engine has no such question.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string?>>> AskAsync(Ask? ask, CancellationToken cancellation) =>
        ask is null ? [] : (await Work(ask.Sql, ask.Parameters, AskSeconds, cancellation)).Rows;

    public static async Task<string?> ValueAsync(Query query, Ask ask, CancellationToken cancellation) =>
        (await query(ask.Sql, ask.Parameters, AskSeconds, cancellation)).Rows is [[var value, ..], ..] ? value : null;
}
