using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class WideLockWindowRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "One transaction shuts several tables";
    public override string Condition => "A transaction has locked a table against reads, and a later change in it locks another one that exists already the same way.";
    public override string Effect => "While it waits for the second table, the first one is shut already: the wait of one becomes the outage of both. A transaction that uses them in another order meets it in a deadlock.";
    public override string Workaround => "Change one table in a migration.";
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Impact.Blocks != Blocks.ReadsAndWrites || situation.Impact.Lasting || !situation.StopsTraffic || !situation.Impact.Transactional)
        {
            yield break;
        }
        var fresh = Held.AgainstReadersBy(situation).ToList();
        if (fresh.Count == 0 || IsMoreOfTheSame(situation, fresh))
        {
            yield break;
        }
        // Said once: at the first change that brings in another table than the first one did.
        HashSet<TableName> held = [];
        foreach (var earlier in situation.SameTransaction)
        {
            var brought = Held.AgainstReadersBy(earlier).Select(taken => taken.Table).Where(table => !held.Contains(table)).ToList();
            if (held.Count > 0 && brought.Count > 0 && !earlier.Impact.Lasting)
            {
                yield break;
            }
            held.UnionWith(brought);
        }
        var others = fresh.Where(taken => !held.Contains(taken.Table) && !IsRenamed(situation, taken.Table)).ToList();
        if (held.Count == 0 || others.Count == 0)
        {
            yield break;
        }
        var shut = Say.List([.. held.Select(table => table.ToString())]);
        yield return Find(
            situation,
            Severity.Careful,
            $"{others[0].Mode} is asked for on {Held.Spoken(others)} while {shut} {(held.Count == 1 ? "is" : "are")} under it since an earlier change of {situation.Migration.Spoken}: as long as it waits for {Held.Spoken(others)}, {shut} {(held.Count == 1 ? "is" : "are")} shut as well.",
            Evidence.Join($"{others[0].Mode} locks until the migration commits", Evidence.Of(situation.Impact.Basis)),
            Cure.Text($"Move the changes of {Held.Spoken(others)} into a migration of their own"));
    }

    /// <summary>Nothing has to be looked up where the change right before it took the same.</summary>
    private static bool IsMoreOfTheSame(Situation situation, IReadOnlyList<TableLock> fresh) =>
        situation.Earlier is [.., { Change.InTransaction: true, Impact.Transactional: true, Impact.Lasting: false } last]
        && Held.AgainstReadersBy(last).Select(taken => taken.Table).ToHashSet().IsSupersetOf(fresh.Select(taken => taken.Table));

    private static bool IsRenamed(Situation situation, TableName table) =>
        situation.Earlier.Any(earlier => earlier.Change is RenameTable rename && rename.NewName.Matches(table));
}
