using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

/// <summary>Changes that a transaction cannot hold.</summary>
internal static class Outside
{
    /// <summary>True when nothing but the transaction stands against the change.</summary>
    public static bool Passes(Situation situation) =>
        situation.Change.InTransaction
        && situation.Engine.ImpactOf(situation.Change with { InTransaction = false }, situation.State) is { Refused: null };

    /// <summary>The statement's words and its subject, for the forms with <c>CONCURRENTLY</c>; null for every other change.</summary>
    public static string? Concurrent(Change change) => change switch
    {
        CreateIndex { Concurrently: true } create => $"CREATE INDEX CONCURRENTLY {create.Index.Name} on {create.Table}",
        DropIndex { Concurrently: true } drop => $"DROP INDEX CONCURRENTLY {drop.Name}",
        Reindex { Concurrently: true } reindex => $"REINDEX CONCURRENTLY of {reindex.Index ?? reindex.Table?.ToString() ?? "every table"}",
        DetachPartition { Concurrently: true } detach => $"DETACH PARTITION {detach.Partition} CONCURRENTLY from {detach.Table}",
        _ => null,
    };

    public static Cure? Cure(Situation situation) => situation.Change switch
    {
        CreateIndex create => situation.Engine.Online.Index?.Invoke(create, situation.State),
        DropIndex drop => situation.Engine.Online.DropIndex?.Invoke(drop, situation.State),
        Reindex reindex => situation.Engine.Online.Reindex?.Invoke(reindex, situation.State),
        DetachPartition detach => situation.Engine.Online.Detach?.Invoke(detach, situation.State),
        _ => null,
    };
}
