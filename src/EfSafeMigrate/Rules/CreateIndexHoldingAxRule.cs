using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class CreateIndexHoldingAxRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "An index is built while the transaction already stops readers";
    public override string Condition => "A change in the same transaction has locked a table against reads, and an index build follows.";
    public override string Effect => "Locks stay until the migration commits. A build that would stop writers only stops readers as well, for its whole length.";
    public override string Workaround => "Build the index in a migration of its own.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not CreateIndex create || !situation.Impact.Work.HasFlag(Work.IndexBuild) || situation.Impact.Blocks != Blocks.Writes || !situation.StopsTraffic)
        {
            yield break;
        }
        var held = situation.SameTransaction
            .SelectMany(earlier => earlier.Impact.Locks)
            .Where(taken => taken.Blocks == Blocks.ReadsAndWrites && !situation.IsNew(taken.Table))
            .DistinctBy(taken => taken.Table)
            .ToList();
        if (held.Count == 0)
        {
            yield break;
        }
        var mode = held[0].Mode;
        var tables = Say.List([.. held.Select(taken => taken.Table.ToString())]);
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{tables} {(held.Count == 1 ? "is" : "are")} under {mode} since an earlier change of {situation.Migration.Spoken}; while {create.Index.Name} is built on {Say.Sized(create.Table, situation.Table)}, reads of {tables} wait as well {Say.For(situation.Estimate, "the build")}.",
            Evidence.Join($"{mode} lock until the migration commits", Evidence.Of(situation.Impact.Basis)),
            situation.Engine.Online.Index?.Invoke(create, situation.State) ?? Cure.Text($"Move {create.Index.Name} into a migration of its own"));
    }
}
