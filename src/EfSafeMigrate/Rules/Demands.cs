using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

/// <summary>Whether a statement's own ALGORITHM or LOCK is why others wait: found by asking the engine again without it.</summary>
internal static class Demands
{
    public static bool AreTheCause(Situation situation) => Copies(situation) || Locks(situation);

    /// <summary>The algorithm it asks for writes every row, and another would not, or would let writers through.</summary>
    public static bool Copies(Situation situation) =>
        situation is { Change.Demanded: { Algorithm: "COPY" } demanded, Impact.Refused: null }
        && Without(situation, null) is { } free && Without(situation, demanded with { Lock = null }) is { } unlocked
        && (unlocked.Blocks > free.Blocks || (situation.Impact.Work & ~free.Work).HasFlag(Work.Rewrite));

    /// <summary>The lock it asks for is stronger than the work needs.</summary>
    public static bool Locks(Situation situation) =>
        situation is { Change.Demanded: { Lock: "SHARED" or "EXCLUSIVE" } demanded, Impact: { Refused: null, Lasting: true } }
        && Without(situation, demanded with { Lock = null }) is { } free && situation.Impact.Blocks > free.Blocks;

    /// <summary>The words speak for the whole statement, so they are spoken of once.</summary>
    public static bool IsFirst(Situation situation) => situation.Change.Action == 0;

    private static Impact? Without(Situation situation, Demanded? less) => situation.Engine.ImpactOf(situation.Change with { Demanded = less }, situation.State);
}
