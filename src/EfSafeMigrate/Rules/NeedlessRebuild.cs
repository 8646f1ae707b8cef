using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

/// <summary>An index that is dropped, and built again behind a change of its column that would have left it alone.</summary>
internal sealed record NeedlessRebuild(AlterColumn Alter)
{
    public static NeedlessRebuild? Of(Situation situation)
    {
        if (situation.Change is not CreateIndex create || !situation.Engine.RebuildsIndexesOfAlteredColumns
            || situation.Earlier.LastOrDefault(earlier => earlier.Change is DropIndex drop && Same(drop.Name, create.Index.Name)) is not { } dropped
            || dropped.Before.Find(create.Table)?.Indexes.FirstOrDefault(index => Same(index.Name, create.Index.Name)) is not { } old
            || !IsAsItWas(old, create.Index))
        {
            return null;
        }
        var alters = situation.Earlier.Where(earlier => earlier.Position > dropped.Position).Select(earlier => earlier.Change).OfType<AlterColumn>()
            .Where(alter => alter.Table.Matches(create.Table) && old.Uses(alter.New.Name) && alter.Clause is not ("SET DEFAULT" or "DROP DEFAULT")).ToList();
        return alters.Count > 0 && alters.TrueForAll(alter => LeavesIndexes(dropped, alter)) ? new(alters[^1]) : null;
    }

    /// <summary>With the index in place the engine takes the change, and takes an instant for it.</summary>
    private static bool LeavesIndexes(Situation dropped, AlterColumn alter) =>
        dropped.Engine.ImpactOf(alter with { Origin = Origin.None }, dropped.State) is { Refused: null, Lasting: false };

    private static bool IsAsItWas(Changes.Index old, Changes.Index built) =>
        old.Columns.SequenceEqual(built.Columns, StringComparer.OrdinalIgnoreCase) && old.Unique == built.Unique && old.Include.SequenceEqual(built.Include, StringComparer.OrdinalIgnoreCase);

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
