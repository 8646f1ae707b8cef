using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>What MySQL and MariaDB do with a change, by the traits of each.</summary>
internal static class MySqlImpact
{
    public static Impact? ImpactOf(Change change, ServerState state, MySqlTraits traits)
    {
        if (MySqlAlterations.WayOf(change, state, traits) is not { } own)
        {
            return MySqlStatements.ImpactOf(change, state, traits);
        }
        var others = change.Beside.Select(other => MySqlAlterations.WayOf(Among(change, other), state, traits) ?? Way.Instant).ToArray();
        var cheapest = others.Aggregate(own, (all, other) => all.With(other));
        var (way, refused) = Demand(cheapest, change.Demanded, traits, state.Version);
        var isCause = way != cheapest || !Array.Exists(others.Prepend(own).ToArray(), each => each.Takes(cheapest)) ? change.Action == 0 : own.Takes(cheapest);
        var alone = Of(change, own, state, traits);
        return Of(change, way, state, traits) with { Refused = alone.Refused ?? refused, Alone = isCause ? null : alone };
    }

    /// <summary>The other action with its own neighbours: a key that goes is another thing where one comes.</summary>
    private static Change Among(Change change, Change other) => other with { Beside = [change, .. change.Beside.Where(each => !ReferenceEquals(each, other))] };

    private static Impact Of(Change change, Way way, ServerState state, MySqlTraits traits) => new()
    {
        Locks = [.. Locks(change, way, state, traits)],
        Work = way.Work,
        FailsIf = MySqlRefusals.FailsIfOf(change, state),
        Refused = MySqlRefusals.Of(change, state, traits),
        Invented = MySqlDefaults.InventedFor(change, state) is { } value ? new(value, traits.Zeros(state.Version)) : null,
        Unheeded = traits.UnheededIn(change, state.Version),
        // Each commits what came before it, and itself.
        Transactional = false,
        Atomic = true,
        Basis = traits.Basis(state.Version),
    };

    private static IEnumerable<TableLock> Locks(Change change, Way way, ServerState state, MySqlTraits traits)
    {
        if (change.Target is { } table)
        {
            yield return new(table, traits.Mode(way.Algorithm, way.Lock), way.Blocks);
        }
        // The rows of the other table must stay while they are looked up.
        if (change is AddForeignKey { ForeignKey: var key } && state.ChecksKeys() && !key.Principal.Matches(change.Target!))
        {
            yield return new(key.Principal, traits.Mode(way.Algorithm, LockLevel.Shared), Blocks.Writes);
        }
    }

    /// <summary>The server does what the statement demands when that is no less than it needs.</summary>
    private static (Way Way, string? Refused) Demand(Way way, Demanded? demanded, MySqlTraits traits, EngineVersion version)
    {
        string? refused = null;
        if (Enum.TryParse<Algorithm>(demanded?.Algorithm, ignoreCase: true, out var algorithm))
        {
            // INPLACE is what MySQL calls both.
            var enough = algorithm >= way.Algorithm || (algorithm == Algorithm.Inplace && way.Algorithm == Algorithm.NoCopy);
            refused = enough ? null : $"ALGORITHM={demanded!.Algorithm} is not possible for this change: it takes {traits.Mode(way.Algorithm, way.Lock)}.";
            way = algorithm == Algorithm.Copy && way.Algorithm != Algorithm.Copy
                ? Way.Copy with { Lock = traits.CopiesOnline(version) ? LockLevel.None : LockLevel.Shared }
                : way;
        }
        if (Enum.TryParse<LockLevel>(demanded?.Lock, ignoreCase: true, out var level))
        {
            refused ??= level >= way.Lock ? null : $"LOCK={demanded!.Lock} is not possible for this change: it takes {traits.Mode(way.Algorithm, way.Lock)}.";
            way = way with { Lock = level > way.Lock ? level : way.Lock };
        }
        return (way, refused);
    }
}
