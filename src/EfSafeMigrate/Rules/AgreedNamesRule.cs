using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class AgreedNamesRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "A name is not written as the team agreed";
    public override string Condition =>
        "A table, column, index or constraint gets a name that is not as `naming` in the settings says: snake_case, PascalCase, camelCase, or a regular expression that the whole name has to match. Without that key the rule is silent.";
    public override string Effect => "Whoever writes SQL by hand, or a script that goes by names, does not find what it looks for.";
    public override string Workaround => "Write the name as agreed, in EF with ToTable, HasColumnName, HasDatabaseName or HasConstraintName, or with a naming convention for the whole model.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        var broken = situation.Naming.Broken(GivenNames.Of(situation.Change)).ToArray();
        if (broken.Length == 0)
        {
            yield break;
        }
        var names = Say.List([.. broken.Select(each => each.Name).Distinct()]);
        yield return Find(
            situation,
            Severity.Careful,
            $"{names}{(situation.Change is CreateTable or RenameTable || situation.Change.Target is null ? "" : $" in {situation.Change.Target}")} {(broken.Length == 1 ? "is" : "are")} not written as agreed: {Say.List([.. broken.Select(each => each.Agreed).Distinct()])}.",
            "`naming` in the settings",
            Cure.Text($"Write {names} as the settings say"));
    }
}
