using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>What a backfill works with.</summary>
/// <param name="Run">The id of the run it belongs to.</param>
/// <param name="Control">Reads what is wanted, looks at the server, and says how far things are.</param>
/// <param name="OpenAsync">The connection of a worker, by its number.</param>
internal sealed record BackfillContext(
    Engine Engine, string Run, Connection Control, Func<int, CancellationToken, Task<Connection>> OpenAsync, BackfillSettings Settings, Action<BackfillNews> Tell)
{
    /// <summary>Goes first in every transaction: fails when the run that writes is not the one at work any more. Null where nobody can take its place.</summary>
    public string? Fence { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
