using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class DataDependentFailureRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "The rows decide whether the migration fails";
    public override string Condition =>
        "A column is added whose default breaks its own CHECK, or rows or a table go that rows of other tables still point to.";
    public override string Effect => "The migration passes where the rows allow it, on an empty development database above all, and fails where they do not.";
    public override string Workaround => "Look at the rows of the target beforehand, and correct them in an earlier migration.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Impact.Refused is not null)
        {
            yield break;
        }
        if (situation.Change is AddColumn { Column.Default: { } given } add
            && add.Inline.OfType<AddCheckConstraint>().FirstOrDefault(inline => ConstantCheck.Breaks(inline.Check.Sql, add.Column.Name, given)) is { } broken
            && situation.Table.Rows.Value is not 0)
        {
            yield return Find(
                situation,
                Severity.Dangerous,
                $"Adding {add.Column.Name} to {Say.Sized(add.Table, situation.Table)} fails as soon as the table holds a row: its default {given.Sql} breaks CHECK ({broken.Check.Sql}).",
                Evidence.Of(situation.Impact.Basis),
                Cure.Text($"Give {add.Column.Name} a default that passes the CHECK, or none"));
            yield break;
        }
        var pointing = Pointing(situation);
        if (pointing.Length > 0)
        {
            yield return Find(
                situation,
                Severity.Careful,
                $"{(situation.Change is DropTable ? $"Dropping {situation.Change.Target}" : $"The DELETE from {situation.Change.Target}")} fails when a row of {Say.List(pointing)} still points to what it removes.",
                Evidence.Of(situation.Impact.Basis),
                Cure.Text($"Remove or repoint the rows of {Say.List(pointing)} in an earlier step of the migration"));
        }
    }

    /// <summary>Tables whose foreign keys forbid the removal, unless the set has dealt with their rows.</summary>
    private static string[] Pointing(Situation situation) =>
        situation.Change is DeleteRows or DeleteData or DropTable { Cascade: false } && situation.Impact.FailsIf.HasFlag(FailsIf.OrphansExist)
            ? [.. situation.Before.ReferencesTo(situation.Change.Target!)
                .Where(reference => !reference.Table.Name.Matches(situation.Change.Target!) && !Acts(reference.ForeignKey) && !situation.IsNew(reference.Table.Name))
                .Where(reference => !situation.EarlierInSet.Any(earlier => earlier is DeleteRows or DeleteData or UpdateRows or UpdateData or Truncate && earlier.Target!.Matches(reference.Table.Name)))
                .Select(reference => reference.Table.Name.ToString()).Distinct()]
            : [];

    private static bool Acts(ForeignKey key) =>
        key.OnDelete?.StartsWith("CASCADE", StringComparison.OrdinalIgnoreCase) == true || key.OnDelete?.StartsWith("SET", StringComparison.OrdinalIgnoreCase) == true;
}
