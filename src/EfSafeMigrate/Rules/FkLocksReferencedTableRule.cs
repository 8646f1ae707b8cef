using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class FkLocksReferencedTableRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A foreign key without rows to check still locks the referenced table";
    public override string Condition => "A new table references a table that exists already.";
    public override string Effect =>
        "Nothing is scanned, but the referenced table is locked against writes until the migration commits. Behind a long transaction the lock waits, and every writer waits behind it.";
    public override string Workaround => "Keep the migration short and give it a lock timeout, so that it steps back instead of queueing.";
    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        var table = situation.Change.Target;
        IReadOnlyList<ForeignKey> keys = situation.Change switch
        {
            AddForeignKey add when situation.IsOnNewTable => [add.ForeignKey],
            CreateTable create => create.Definition.ForeignKeys,
            AddColumn add when situation.IsOnNewTable => [.. add.Inline.OfType<AddForeignKey>().Select(inline => inline.ForeignKey)],
            _ => [],
        };
        var locked = situation.Impact.Locks
            .Where(taken => taken.Blocks != Blocks.Nothing && keys.Any(key => key.Principal.Matches(taken.Table)))
            .Where(taken => !situation.IsNew(taken.Table) && taken.Table != table)
            .ToList();
        if (locked.Count == 0 || situation.Facts.NoTraffic || IsShort(situation))
        {
            yield break;
        }
        var names = Say.List([.. locked.Select(taken => taken.Table.ToString()).Distinct()]);
        yield return Find(
            situation,
            Severity.Careful,
            $"{table} references {names}: no row is checked, but writes to {names} wait until the migration commits.",
            Evidence.Join($"{locked[0].Mode} lock on {names} until the migration commits", Evidence.Of(situation.Impact.Basis)),
            Cure.Text($"Keep slow statements out of the migration that references {names}{(situation.Engine.Waiting is { } waiting ? $", and begin it with a lock timeout: {waiting.Brief}" : "")}"));
    }

    /// <summary>It gives up when it does not get its locks, and nothing in the transaction lasts while it has them.</summary>
    internal static bool IsShort(Situation situation)
    {
        var bounded = situation.SameTransaction.Select(earlier => earlier.Change).OfType<SetSetting>()
            .LastOrDefault(set => set.Name.Equals(situation.Engine.Waiting?.Setting, StringComparison.OrdinalIgnoreCase))
            is { Value: { } value } && situation.Engine.Waiting?.Read(value) is { } time && time != Timeout.InfiniteTimeSpan;
        if (!bounded || situation.SameTransaction.Any(earlier => earlier.Impact.Lasting && !earlier.IsOnNewTable))
        {
            return false;
        }
        var state = situation.State;
        var created = situation.NewTables.ToHashSet();
        foreach (var change in situation.Migration.Changes.Skip(situation.Position))
        {
            if (change is CreateTable create)
            {
                created.Add(create.Table);
            }
            var onNew = change.Target is { } table && created.Any(table.Matches);
            if (!onNew && situation.Engine.ImpactOf(change, state) is not { Lasting: false })
            {
                return false;
            }
            state = state with { Model = state.Model.After(change) };
        }
        return true;
    }
}
