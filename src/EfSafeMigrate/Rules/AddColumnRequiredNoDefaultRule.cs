using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class AddColumnRequiredNoDefaultRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "A required column is added without a default";
    public override string Condition => "A NOT NULL column is added to a table that exists already, and neither a default nor the database gives it a value.";
    public override string Effect =>
        "With rows in the table the migration fails, or the engine invents values. The running release does not know the column, so every INSERT it sends fails.";
    public override string Workaround => "Add the column nullable or with a default, deploy the release that writes it, and tighten it in a later migration.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddColumn { Column: { Nullable: false, Default: null, ComputedSql: null, Identity: false } column } add || situation.Impact.Invented is not null)
        {
            yield break;
        }
        var rows = situation.Table.Rows;
        var now = situation.Impact.FailsIf.HasFlag(FailsIf.RowsExist)
            ? rows.Value is 0 ? "it passes while the table is empty" : rows.Known ? $"it fails, for {add.Table} holds {Say.OfRows(situation.Table)}" : "one row in the table makes it fail"
            : "existing rows get a value nobody chose";
        yield return Find(
            situation,
            Severity.Dangerous,
            $"{add.Table}.{column.Name} is required and has no default: {now}, and every INSERT of the running release, which does not know {column.Name}, fails.",
            Evidence.Of(situation.Impact.Basis),
            Cure.Text($"Add {column.Name} with a default, or nullable; then deploy the release that writes it, fill the old rows in batches, and make it required in a later migration"));
    }
}
