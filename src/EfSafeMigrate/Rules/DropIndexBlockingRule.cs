using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class DropIndexBlockingRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "Dropping an index waits for everybody, and everybody waits for it";
    public override string Condition => "An index of a table that exists already is dropped in a form that locks the table against reads.";
    public override string Effect =>
        "The drop itself takes an instant. Before it, it queues behind every running query of the table, and every later one queues behind it. Queries that used the index read the whole table from then on.";
    public override string Workaround => "Drop the index in the engine's online form, in a migration of its own.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not DropIndex drop || situation.Impact.Blocks != Blocks.ReadsAndWrites || !situation.StopsTraffic
            || situation.EarlierInSet.Any(earlier => earlier is CreateIndex create && create.Index.Name == drop.Name)
            || (!Sizes.IsSmall(situation.Table) && Replacement.Of(situation) is not null))
        {
            yield break;
        }
        var mode = situation.Impact.Locks[0].Mode;
        var table = situation.Impact.Locks[0].Table;
        yield return Find(
            situation,
            Severity.Careful,
            $"Dropping {drop.Name} takes {mode} on {table}: it waits for every running query, every later one waits behind it, and queries that used {drop.Name} lose it.",
            Evidence.Join($"{mode} lock until the migration commits", Evidence.Of(situation.Impact.Basis)),
            situation.Engine.Online.DropIndex?.Invoke(drop, situation.State)
                ?? Cure.Text($"Drop {drop.Name} in a migration that holds nothing else, when nobody uses {table}, and review it with {Facts.FactSheet.NoTrafficFlag}"));
    }
}
