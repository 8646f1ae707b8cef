using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DropColumnDropsIndexesRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "An index or key over several columns loses one of them";
    public override string Condition => "A column is dropped that stands in an index, key or constraint together with other columns.";
    public override string Effect => "The index or constraint goes with the column, or shrinks, without being named: queries by the other columns are without their index, and what the constraint kept apart or checked is free.";
    public override string Workaround => "Build the index or constraint over the columns that stay first, and drop the old one by name.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not DropColumn drop || situation.Engine.IndexWithoutColumn is not { } predicate || situation.IsNew(drop.Table, drop.Name)
            || Recomputed.Successor(situation) is not null || situation.Before.Find(drop.Table) is not { } table)
        {
            yield break;
        }
        IReadOnlyList<string> lost =
        [
            .. table.Indexes.Where(index => index.Uses(drop.Name) && index.Columns.Any(other => other != drop.Name)).Select(index => index.Name),
            .. table.UniqueConstraints.Append(table.PrimaryKey).OfType<Key>().Where(key => key.Columns.Count > 1 && key.Columns.Contains(drop.Name)).Select(key => key.Name ?? $"the key over {Say.List(key.Columns)}"),
            .. table.ForeignKeys.Where(key => key.Columns.Count > 1 && key.Columns.Contains(drop.Name)).Select(key => key.Name ?? $"the foreign key to {key.Principal}"),
        ];
        if (lost.Count == 0)
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Careful,
            $"{drop.Table}.{drop.Name} stands in {Say.List(lost)} together with other columns, and {(lost.Count == 1 ? "it" : "each of them")} {predicate}.",
            Evidence.Of(situation.Impact.Basis),
            Cure.Text($"Build what {Say.List(lost)} {(lost.Count == 1 ? "is" : "are")} for over the columns that stay, drop {(lost.Count == 1 ? "it" : "them")} by name, and {drop.Name} in a later migration"));
    }
}
