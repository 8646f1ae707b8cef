using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class AlterComputedColumnRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A computed column is dropped and computed again";
    public override string Condition => "The expression of a computed column changes. Providers drop the column and add it again.";
    public override string Effect => "Every row is computed and written anew while reads and writes wait, and the indexes and constraints over the column go with the old one. Where the engine commits each statement, the column is missing in between.";
    public override string Workaround => "Give the new expression a column of its own, filled in batches; map the property to it, and drop the old column once no release reads it.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (Recomputed.Successor(situation) is { } successor && !situation.IsNew(successor.Table, successor.Column.Name))
        {
            var after = situation.State.After(situation.Change);
            var impact = situation.Engine.ImpactOf(successor, after) ?? Impact.NotModelled;
            yield return Dropped(situation, successor, impact);
        }
        else if (situation.Change is AlterColumn { Old.ComputedSql: { } old, New: { ComputedSql: { } sql } column } alter && (old != sql || alter.Old.Stored != column.Stored)
            && !Recomputed.IsCarriedOut(situation) && situation.Impact.Work.HasFlag(Work.Rewrite) && situation.StopsTraffic && !situation.IsRebuild)
        {
            yield return Find(
                situation,
                Sizes.OfBlocking(situation),
                $"{alter.Table}.{column.Name} is computed anew as {sql} for every row of {Say.Sized(alter.Table, situation.Table)}, which stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the rewrite")}.",
                Evidence.Of(situation, "the rewrite"),
                Cured(alter.Table, column.Name));
        }
    }

    private Finding Dropped(Situation situation, AddColumn successor, Impact impact)
    {
        var (table, name) = (successor.Table, successor.Column.Name);
        var works = impact.Lasting && impact.Blocks != Blocks.Nothing && !situation.Facts.NoTraffic;
        var lost = situation.Before.Find(table)?.Indexes.Where(index => index.Uses(name)).Select(index => index.Name).ToArray() ?? [];
        var stops = works ? $" for every row of {Say.Sized(table, situation.Table)}, which stops {Say.Stopped(impact, situation.Engine)} until the rewrite ends" : situation.Impact.Transactional ? "" : "; in between every query that names it fails";
        return Find(
            situation,
            works ? Sizes.OfBlocking(situation) : Severity.Careful,
            $"{table}.{name} is dropped and computed again as {successor.Column.ComputedSql}{stops}{(lost.Length == 0 ? "" : $"; {Say.List(lost)} {(lost.Length == 1 ? "goes" : "go")} with the old column")}.",
            Evidence.Join("providers drop a computed column and add it again · EF Core 8–10", Evidence.Of(impact.Basis)),
            Cured(table, name));
    }

    private static Cure Cured(TableName table, string name) =>
        Cure.Text($"Add a column to {table} for the new expression, written by the release or a trigger, and fill it in batches; map the property to it, and once no release reads {name}, {Retired.Advice(name)}");
}
