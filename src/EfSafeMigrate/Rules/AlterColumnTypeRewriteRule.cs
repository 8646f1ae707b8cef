using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class AlterColumnTypeRewriteRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A type change rewrites the table";
    public override string Condition => "A column's type changes in a way the engine can only do by writing every row, or every index of the column, anew.";
    public override string Effect =>
        "Nobody reads or writes the table until all rows and indexes are written again, and the rewrite needs the table's space a second time. A running release may still send the old type.";
    public override string Workaround =>
        "Add a column of the new type, keep both equal with a trigger, fill it in batches, switch the release over and drop the old column.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        const Work Copies = Work.Rewrite | Work.IndexBuild;
        if (situation.Change is not AlterColumn alter || !MayChangeType(alter)
            || (situation.Impact.Work & Copies) == 0 || situation.IsRebuild || IsElsewhere(situation, alter)
            || AlterPkIntToBigintRule.Speaks(situation) || AlterTypeIndexedCitextRule.Speaks(situation))
        {
            yield break;
        }
        if (!situation.StopsTraffic)
        {
            if (situation.Impact is { Blocks: Blocks.Nothing } && situation.Impact.Work.HasFlag(Work.Rewrite))
            {
                yield return Online(situation, alter);
            }
            yield break;
        }
        var from = alter.Old is { } old ? $"from {old.Type} " : "";
        var rewrites = situation.Impact.Work.HasFlag(Work.Rewrite);
        var written = rewrites ? "writes every row and index of" : "builds its indexes again on";
        var work = rewrites ? "the rewrite" : "the build";
        var stopped = Say.Stopped(situation.Impact, situation.Engine);
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"Changing {alter.Table}.{alter.New.Name} {from}to {alter.New.Type} {written} {Say.Sized(alter.Table, situation.Table)} and stops {stopped} {Say.For(situation.Estimate, work)}.",
            Evidence.Of(situation, work),
            situation.Engine.Online.Type?.Invoke(alter, situation.State)
                ?? Cure.Text($"Add a column of type {alter.New.Type} beside {alter.New.Name}, keep both equal with a trigger, fill it in batches, and map the property to it; once no release reads {alter.New.Name}, {Retired.Advice(alter.New.Name)}"));
    }

    private Finding Online(Situation situation, AlterColumn alter) => Find(
        situation,
        Severity.Careful,
        $"Changing {alter.Table}.{alter.New.Name} to {alter.New.Type} writes every row and index of {Say.Sized(alter.Table, situation.Table)} anew while traffic goes on: it needs the table's space a second time.",
        Evidence.Of(situation, "the rewrite"),
        Cure.Text($"Apply it when the server is quiet and its disk has room for a second {alter.Table}"));

    /// <summary>What has a cheaper form than another column has a rule of its own.</summary>
    private static bool IsElsewhere(Situation situation, AlterColumn alter) =>
        ListChange.Of(situation) is not null || situation.Engine.WideningOf(alter, situation.State) is not null;

    /// <summary>Where the old column is unknown, only the statement's own words tell.</summary>
    private static bool MayChangeType(AlterColumn alter) =>
        alter.Old is null ? alter.Clause?.Contains("TYPE", StringComparison.OrdinalIgnoreCase) != false : alter.ChangesType;
}
