using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class AlterPkIntToBigintRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A key becomes a larger integer";
    public override string Condition => "The type of a primary key's column, or of one that other tables reference, changes to a larger integer.";
    public override string Effect => "The table and all its indexes are written anew while reads and writes wait, and each table that references it has to follow with a rewrite of its own before it can hold the new numbers.";
    public override string Workaround => "Add a column of the larger type beside the key, keep both equal with a trigger, fill it in batches, and swap the key to it; do the same with each referencing column first.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!Speaks(situation) || situation.Change is not AlterColumn { Old: { } old } alter)
        {
            yield break;
        }
        var name = alter.New.Name;
        var children = Children(situation, alter).ToArray();
        var follow = children.Length == 0 ? "" : $"; {Say.List(children)} {(children.Length == 1 ? "references" : "reference")} it and {(children.Length == 1 ? "has" : "have")} to follow";
        var key = situation.Before.Find(alter.Table)?.PrimaryKey?.Columns.ToArray() ?? [];
        var index = key.Length > 1 && key.Contains(old.Name) ? $"a unique index on {Say.List([.. key.Select(column => column == old.Name ? "it" : column)])}" : "a unique index on it";
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"The key {alter.Table}.{name} becomes {alter.New.Type} (from {old.Type}): every row and index of {Say.Sized(alter.Table, situation.Table)} is written anew, which stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the rewrite")}{follow}.",
            Evidence.Of(situation, "the rewrite"),
            Cure.Text($"{(children.Length == 0 ? "" : $"Widen {Say.List(children)} first in the same way. ")}Add a column of type {alter.New.Type} beside {name}, keep both equal with a trigger, fill it in batches, build {index} concurrently, and map the key to it; once no release reads {name}, {Retired.Advice(name)}"));
    }

    public static bool Speaks(Situation situation) =>
        situation.Change is AlterColumn { ChangesType: true, Old: { } old } alter && TypeNames.IsLargerInteger(old.Type, alter.New.Type, situation.Engine)
        && (situation.Impact.Work & (Work.Rewrite | Work.IndexBuild)) != 0 && situation.StopsTraffic && !situation.IsRebuild
        && (situation.Before.Find(alter.Table)?.PrimaryKey?.Columns.Contains(old.Name) == true || Children(situation, alter).Any());

    private static IEnumerable<string> Children(Situation situation, AlterColumn alter) =>
        from reference in situation.Before.ReferencesTo(alter.Table)
        where !reference.Table.Name.Matches(alter.Table)
        let at = reference.ForeignKey.PrincipalColumns.ToList().IndexOf(alter.New.Name)
        where at >= 0
        select Say.Column(reference.Table.Name, reference.ForeignKey.Columns[at]);
}
