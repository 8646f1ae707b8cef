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

    /// <summary>Nobody waits for a table that goes, and a sequence or a view without rows is none.</summary>
    public static IEnumerable<TableLock> AgainstReadersBy(Situation situation) =>
        situation.Impact.Locks.Where(taken => taken.Blocks == Blocks.ReadsAndWrites && !situation.IsNew(taken.Table)
            && !(situation.Change is DropTable drop && drop.Table.Matches(taken.Table))
            && situation.Change is not (CreateView or DropView or RestartSequence or AlterSequence or RenameSequence or DropSequence));

    public static string Spoken(IReadOnlyList<TableLock> held) => Say.List([.. held.Select(taken => taken.Table.ToString())]);
}
