using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class EfSqlserverIndexRebuildRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "An index is built again for a change that needs none of it";
    public override string Condition =>
        "EF's AlterColumn drops every index of the column and creates it again, although the new type only holds longer values and the engine would keep the index.";
    public override string Effect => "The change of the column takes an instant, the build of its indexes takes as long as the table is large. Writers wait for it, and queries do without the index meanwhile.";
    public override string Workaround => "Take the AlterColumn out of the migration and write the ALTER TABLE as SQL, without touching the indexes. The model keeps the new type.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!situation.StopsTraffic || !situation.Impact.Work.HasFlag(Work.IndexBuild) || NeedlessRebuild.Of(situation) is not { Alter: var alter })
        {
            yield break;
        }
        var create = (CreateIndex)situation.Change;
        var engine = situation.Engine;
        var from = alter.Old is { } old ? $"from {old.Type} " : "";
        var collation = alter.New.Collation is { } named ? $" COLLATE {named}" : "";
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{create.Index.Name} is dropped and built again on {Say.Sized(create.Table, situation.Table)} because {alter.New.Name} goes {from}to {alter.New.Type}, which needs no rebuild; it stops {Say.Stopped(situation.Impact, engine)} {Say.For(situation.Estimate, "the build")}.",
            Evidence.Of(situation, "the build"),
            new(
                $"Replace the operation by SQL that leaves {create.Index.Name} where it is",
                [new([$"ALTER TABLE {engine.QuoteTable(alter.Table)} ALTER COLUMN {engine.Quote(alter.New.Name)} {alter.New.Type}{collation} {(alter.New.Nullable ? "NULL" : "NOT NULL")};"])]));
    }
}
