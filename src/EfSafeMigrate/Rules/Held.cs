using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

/// <summary>What the transaction has locked against readers before a change: tables that existed before the set and still do.</summary>
internal static class Held
{
    public static IReadOnlyList<TableLock> AgainstReaders(Situation situation) =>
    [
        .. situation.SameTransaction.SelectMany(earlier => AgainstReadersBy(earlier))
            .Where(taken => !situation.IsNew(taken.Table)).DistinctBy(taken => taken.Table),
    ];

    /// <summary>A table that goes is locked by nobody's leave, and one that is renamed is the same table.</summary>
    public static IEnumerable<TableLock> AgainstReadersBy(Situation situation) =>
        situation.Impact.Locks.Where(taken => taken.Blocks == Blocks.ReadsAndWrites && !situation.IsNew(taken.Table)
            && !(situation.Change is DropTable drop && drop.Table.Matches(taken.Table))
            && !situation.Earlier.Any(earlier => earlier.Change is RenameTable rename && rename.NewName.Matches(taken.Table)));

    public static string Spoken(IReadOnlyList<TableLock> held) => Say.List([.. held.Select(taken => taken.Table.ToString())]);
}
