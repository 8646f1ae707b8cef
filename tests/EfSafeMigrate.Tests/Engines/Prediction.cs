using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.Postgres;

namespace EfSafeMigrate.Tests.Engines;

/// <summary>The impacts of a statement's changes put together: one transaction holds all locks to its end.</summary>
internal sealed record Prediction(IReadOnlyList<TableLock> Locks, Work Work, FailsIf FailsIf, string? Refused, bool Transactional)
{
    private static readonly Prediction Nothing = new([], Work.Metadata, FailsIf.Nothing, null, true);

    /// <summary>Null when the engine does not model one of the changes.</summary>
    public static Prediction? Of(IReadOnlyList<Change> changes, Engine engine, ServerState state)
    {
        // One writer holds the whole file, so there it does not matter which table the change is about.
        var existing = engine.OneWriter ? null : state.Model.Tables.Select(table => table.Name.Name).ToHashSet();
        var all = Nothing;
        foreach (var change in changes)
        {
            if (engine.ImpactOf(change, state) is not { } impact)
            {
                return null;
            }
            all = new(
                [.. all.Locks, .. impact.Locks.Where(taken => existing?.Contains(taken.Table.Name) != false)],
                all.Work | impact.Work,
                all.FailsIf | impact.FailsIf,
                all.Refused ?? impact.Refused,
                all.Transactional && impact.Transactional);
            state = state.After(change);
        }
        return all with { Locks = all.Locks.Strongest(), OneWriter = engine.OneWriter };
    }

    public bool OneWriter { get; private init; }

    /// <summary>Locks on tables themselves, without those on their indexes and sequences.</summary>
    public IReadOnlyDictionary<string, LockMode> TableLocks => Locks
        .Select(taken => (taken.Table.Name, Mode: PostgresLocks.Parse(taken.Mode)))
        .Where(taken => taken.Mode is not null)
        .ToDictionary(taken => taken.Name, taken => taken.Mode!.Value);

    public Blocks BlocksOn(string table) =>
        Locks.Where(taken => OneWriter || taken.Table.Name == table).Select(taken => taken.Blocks).DefaultIfEmpty().Max();

    public bool Reads => (Work & (Work.Scan | Work.IndexBuild | Work.Rewrite | Work.RowChanges)) != 0;

    public bool MayFail => Refused is not null || FailsIf != FailsIf.Nothing;
}
