using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class RenameTableRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "A table is renamed under the running release";
    public override string Condition => "A table that an earlier migration created gets a new name.";
    public override string Effect => "From that moment every query of the running release on the table fails until the new release is everywhere.";
    public override string Workaround =>
        "Keep the table's name and map the entity to it with ToTable, or, where views take writes, leave one under the old name until the old release is gone.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not RenameTable rename || MoveTableSchemaRule.IsMove(situation) || Retired.Table(situation, rename.Table) || IsViewOfIts(situation, rename.Table))
        {
            yield break;
        }
        var serves = situation.Engine.ViewsTakeWrites && situation.Migration.Changes.Skip(situation.Position + 1).Any(later =>
            later is CreateView view && view.View.Matches(rename.Table)
            || later is RenameTable other && other.NewName.Matches(rename.Table) && IsViewOfIts(situation, other.Table));
        yield return serves
            ? Find(
                situation,
                Severity.Careful,
                $"{rename.Table} becomes {rename.NewName}; a view under the old name serves the running release until it is dropped.",
                "a view over one table takes writes too, as long as it names every column",
                Cure.Text($"Keep the name with ToTable(\"{rename.Table.Name}\") where it can stay; where not, drop the view {rename.Table} in a later migration, once no release uses the name"))
            : Find(
                situation,
                Severity.Dangerous,
                $"{rename.Table} becomes {rename.NewName}: the running release queries {rename.Table} and fails from then on.",
                "EF names the table in every statement",
                Cure.Text($"Keep the name with ToTable(\"{rename.Table.Name}\"){(situation.Engine.ViewsTakeWrites ? $"; where it has to change, a view {rename.Table} over {rename.NewName} in the same migration serves the running release until it is gone" : "")}"));
    }
    /// <summary>A view that the migration itself makes, which nobody knows yet.</summary>
    public static bool IsViewOfIts(Situation situation, TableName table) =>
        situation.Migration.Changes.Take(situation.Position + 1).OfType<CreateView>().Any(view => view.View.Matches(table));
}
