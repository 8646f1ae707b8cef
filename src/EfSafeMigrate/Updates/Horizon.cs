using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;

namespace EfSafeMigrate.Updates;

/// <summary>How far a run goes: all pending migrations up to the next gate, or as far as it was told.</summary>
internal static class Horizon
{
    /// <param name="pending">Not applied yet, oldest first.</param>
    /// <param name="to">Up to and with this migration; it has to be pending.</param>
    /// <param name="until">Up to and with this phase.</param>
    /// <returns>What runs, and the migration in whose front it stops; null when it stops at none.</returns>
    public static (IReadOnlyList<MigrationChanges> Run, MigrationChanges? Gate) Of(IReadOnlyList<MigrationChanges> pending, string? to, PhaseKind? until)
    {
        var last = to is null ? pending.Count : pending.TakeWhile(migration => migration.Id != to).Count() + 1;
        // A contract named by --to or --until contract is told; any other waits.
        var allowed = until ?? (to is null ? PhaseKind.Constrain : PhaseKind.Contract);
        var run = pending.Take(last).TakeWhile(migration => PhaseOf(migration) <= allowed).ToArray();
        return (run, run.Length < last ? pending[run.Length] : null);
    }

    public static PhaseKind PhaseOf(MigrationChanges migration) =>
        Enum.TryParse<PhaseKind>(migration.Phase?.Phase, out var phase) ? phase : PhaseKind.Expand;
}
