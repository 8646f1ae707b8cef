using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

/// <summary>A column that is added together with a key or constraint: what the column costs without it.</summary>
internal static class InlineWork
{
    public static bool ColumnIsRewritten(Situation situation, AddColumn add) =>
        (situation.Engine.ImpactOf(add with { Inline = [] }, situation.State) ?? Impact.NotModelled).Work.HasFlag(Work.Rewrite);

    /// <summary>The statement works through the rows on account of the constraint, and somebody waits meanwhile.</summary>
    public static bool IsOfConstraint(Situation situation, AddColumn add, Work work) =>
        (situation.Impact.Work & work) != 0 && situation.StopsTraffic && !situation.IsRebuild && !ColumnIsRewritten(situation, add);
}
