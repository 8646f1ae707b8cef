using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class MysqlImplicitDefaultRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "A required column without a default gets a value nobody chose";
    public override string Condition => "A NOT NULL column without a default is added to a table that exists already, on an engine that fills the rows with the zero of the type.";
    public override string Effect =>
        "Every row holds 0, an empty text, 0000-00-00 or the first value of the ENUM, and nothing tells it from a value somebody meant. Under a strict sql_mode every INSERT of the running release, which does not know the column, fails.";
    public override string Workaround => "Give the column a default that is right for the old rows, or add it nullable, fill the rows and make it required in a later migration.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddColumn add || situation.Impact.Invented is not { Value: var value, Basis: var basis })
        {
            yield break;
        }
        var rows = situation.Table.Rows.Value is 0 ? $"a row of {add.Table} that nobody filled gets {value}" : $"{Say.OfRows(situation.Table)} of {add.Table} {(situation.Table.Rows.Value is 1 or null ? "gets" : "get")} {value} without a word";
        var dates = value.Contains("0000-00-00", StringComparison.Ordinal) ? ", or it fails where sql_mode has NO_ZERO_DATE" : "";
        yield return Find(
            situation,
            Severity.Dangerous,
            $"{add.Table}.{add.Column.Name} is required and has no default: {rows}{dates}, and under a strict sql_mode every INSERT of the running release, which does not know {add.Column.Name}, fails.",
            Evidence.Of(basis),
            Cure.Text($"Add {add.Column.Name} with the default that the old rows are to have, or nullable; then deploy the release that writes it, fill the old rows in batches, and make it required in a later migration"));
    }
}
