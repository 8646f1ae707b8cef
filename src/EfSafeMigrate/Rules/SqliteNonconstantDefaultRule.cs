using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class SqliteNonconstantDefaultRule : Rule
{
    public override Category Category => Category.DataDependent;
    public override string Title => "A new column's default cannot be given to rows that exist";
    public override string Condition => "A column is added with a default that is no constant, on an engine that fills no existing rows.";
    public override string Effect => "The statement passes on an empty table, such as that of a developer, and fails on every server that has a row.";
    public override string Workaround => "Add the column nullable and without the default, fill the rows with an UPDATE, and let the provider copy the table when the column has to have the default.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddColumn { Column: { Default: { Constant: false } given, ComputedSql: null } column } add
            || !situation.Impact.FailsIf.HasFlag(FailsIf.RowsExist) || add.Inline.OfType<AddForeignKey>().Any())
        {
            yield break;
        }
        var empty = situation.Table.Rows.Value is 0;
        yield return Find(
            situation,
            empty ? Severity.Careful : Severity.Dangerous,
            $"{add.Table}.{column.Name} gets {given.Sql}, which {situation.Engine.Name} does not compute for rows that exist: {(empty ? "it passes while the table is empty" : $"it fails with one row in {add.Table}")}.",
            Evidence.Of(situation.Impact.Basis),
            Cure.Text($"Add {column.Name} nullable and without the default, fill the rows with an UPDATE, and let the provider copy the table when the column has to have it"));
    }
}
