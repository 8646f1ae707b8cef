using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>What SQL Server does with a change, as Microsoft Learn tells it.</summary>
internal static class SqlServerImpact
{
    public static Impact? ImpactOf(Change change, ServerState state)
    {
        var impact = SqlServerColumns.ImpactOf(change, state)
            ?? SqlServerIndexes.ImpactOf(change, state)
            ?? SqlServerConstraints.ImpactOf(change, state)
            ?? SqlServerStatements.ImpactOf(change, state);
        // A statement that fails is undone as a whole, inside a transaction or out of it.
        return impact is null ? null : impact with { Atomic = true, Basis = SqlServerPages.Of(change), Refused = impact.Refused ?? SqlServerRefusals.Of(change, state) };
    }
}
