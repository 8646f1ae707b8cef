using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class MultipleForeignKeysRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "Foreign keys lock several tables one after the other";
    public override string Condition => "A transaction adds foreign keys between tables that exist already, and a later one locks a table that the earlier ones did not.";
    public override string Effect =>
        "Each foreign key stops the writes of both its tables, and all of them stay locked until the migration commits. A transaction that writes to the same tables in another order meets it in a deadlock.";
    public override string Workaround => "Add one foreign key in a migration.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddForeignKey add || !situation.StopsTraffic || !situation.Impact.Transactional)
        {
            yield break;
        }
        var held = situation.SameTransaction.Where(earlier => earlier.Change is AddForeignKey).SelectMany(earlier => Locked(earlier)).ToHashSet();
        var fresh = Locked(situation).Where(table => !held.Contains(table)).Distinct().ToArray();
        if (held.Count == 0 || fresh.Length == 0)
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Careful,
            $"{add.ForeignKey.Name ?? "The foreign key"} locks {Say.List([.. fresh.Select(table => table.ToString())])} while {Say.List([.. held.Select(table => table.ToString())])} stay locked by an earlier foreign key of {situation.Migration.Spoken}: writes of all of them wait until it commits.",
            Evidence.Join($"{situation.Impact.Locks[0].Mode} locks until the migration commits", Evidence.Of(situation.Impact.Basis)),
            Cure.Text($"Move {add.ForeignKey.Name ?? "the foreign key"} into a migration of its own"));
    }

    private static IEnumerable<TableName> Locked(Situation situation) =>
        situation.Impact.Locks.Where(taken => taken.Blocks != Blocks.Nothing && !situation.IsNew(taken.Table)).Select(taken => taken.Table);
}
