using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class MoveTableSchemaRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "A table moves to another schema under the running release";
    public override string Condition => "A table that an earlier migration created keeps its name and gets another schema.";
    public override string Effect => "From that moment every query of the running release on the table fails until the new release is everywhere.";
    public override string Workaround => "Keep the schema with ToTable, or, where views take writes, leave one in the old schema until the old release is gone.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!IsMove(situation) || situation.Change is not RenameTable move || Retired.Table(situation, move.Table))
        {
            yield break;
        }
        var serves = situation.Engine.ViewsTakeWrites && situation.Migration.Changes.Skip(situation.Position + 1).OfType<CreateView>().Any(view => view.View.Matches(move.Table));
        var kept = move.Table.Schema is { } schema ? $"ToTable(\"{move.Table.Name}\", \"{schema}\")" : $"ToTable(\"{move.Table.Name}\")";
        yield return serves
            ? Find(
                situation,
                Severity.Careful,
                $"{move.Table} moves to {move.NewName}; a view in the old schema serves the running release until it is dropped.",
                "a view over one table takes writes too, as long as it names every column",
                Cure.Text($"Keep the schema with {kept} where it can stay; where not, drop the view {move.Table} in a later migration, once no release uses the name"))
            : Find(
                situation,
                Severity.Dangerous,
                $"{move.Table} moves to {move.NewName}: the running release queries {move.Table} and fails from then on.",
                "EF names the schema with the table in every statement",
                Cure.Text($"Keep the schema with {kept}{(situation.Engine.ViewsTakeWrites ? $"; where it has to change, a view {move.Table} over {move.NewName} in the same migration serves the running release until it is gone" : "")}"));
    }

    public static bool IsMove(Situation situation) =>
        situation.Change is RenameTable { Table: var table, NewName: var moved } && table.Name == moved.Name && table.Schema != moved.Schema;
}
