using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class DropTableMultipleFksRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "Dropping a table locks several others";
    public override string Condition => "A table is dropped whose foreign keys reference, or are referenced by, more than one other table.";
    public override string Effect => "The drop takes the strongest lock on each of them until the migration commits. It waits for every transaction on any of them, and their traffic waits behind it.";
    public override string Workaround => "Drop the foreign keys one at a time, each in a migration of its own, and then the table.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not DropTable drop || situation.Facts.NoTraffic || Others(situation, drop) is not { Count: > 1 } others)
        {
            yield break;
        }
        var mode = situation.Impact.Locks.First(taken => taken.Table.Matches(others[0])).Mode;
        var names = Say.List([.. others.Select(table => table.ToString())]);
        yield return Find(
            situation,
            Severity.Careful,
            $"Dropping {drop.Table} locks {names} with it: it waits for every transaction on them, and their reads and writes wait behind it.",
            Evidence.Join($"{mode} lock on {names} until the migration commits", Evidence.Of(situation.Impact.Basis)),
            Cure.Text($"Drop the foreign keys between {drop.Table} and {names} one at a time, each in a migration of its own, before the table"));
    }

    public static IReadOnlyList<TableName> Others(Situation situation, DropTable drop) =>
        [.. situation.Impact.Locks.Where(taken => !taken.Table.Matches(drop.Table) && taken.Blocks == Blocks.ReadsAndWrites && !situation.IsNew(taken.Table)).Select(taken => taken.Table).Distinct()];
}
