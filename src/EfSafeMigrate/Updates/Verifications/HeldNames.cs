using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;

namespace EfSafeMigrate.Updates.Verifications;

/// <summary>What held contracts are to make: the model says that it is there, so that EF finds nothing pending, and it is not.</summary>
internal sealed class HeldNames(IReadOnlyList<OwedName> names)
{
    /// <param name="applied">Migrations that are applied; a plan whose contract is among them owes nothing.</param>
    public static HeldNames Of(IEnumerable<MigrationChanges> applied)
    {
        PhaseMark[] phases = [.. applied.Select(migration => migration.Phase).OfType<PhaseMark>()];
        var closed = phases.Where(phase => phase.Phase == nameof(PhaseKind.Contract)).Select(phase => phase.Plan).ToHashSet();
        return new([.. phases.Where(phase => !closed.Contains(phase.Plan)).SelectMany(phase => phase.Owes ?? [])]);
    }

    public IReadOnlyList<Difference> Without(IReadOnlyList<Difference> differences) => [.. differences.Where(difference => !names.Any(owed =>
        difference.Table is { } table && table.Matches(owed.Table) && (owed.Name is null || difference.Names.Contains(owed.Name))))];
}
