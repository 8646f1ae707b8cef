using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class RenameColumnRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "A column is renamed under the running release";
    public override string Condition => "A column that an earlier migration created gets a new name.";
    public override string Effect => "The rename takes an instant, and from then on every query of the running release that names the column fails until the new release is everywhere.";
    public override string Workaround =>
        "Keep the column's name and map the property to it with HasColumnName, or let both names live side by side until the old release is gone.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not RenameColumn rename || situation.IsNew(rename.Table, rename.Name) || RenameDoubt.Of(rename, situation.Migration) is not null
            || Retired.Column(situation, rename.Table, rename.Name))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Dangerous,
            $"{rename.Table}.{rename.Name} becomes {rename.NewName}: the running release reads and writes {rename.Name} and fails from then on.",
            "EF names every mapped column in SELECT and INSERT",
            Cure.Text($"Keep the name with HasColumnName(\"{rename.Name}\"){SideBySide(situation, rename)}"));
    }

    private static string SideBySide(Situation situation, RenameColumn rename) =>
        !situation.Engine.PhasesByItself ? ""
        : rename.IsWrittenSql
            ? $", or add {rename.NewName} beside it, keep both equal with a trigger and fill it in batches; once no release reads {rename.Name}, {Retired.Advice(rename.Name)}"
            : $", or let both live side by side: {Rewriting.Command(situation.Migration)}";
}
