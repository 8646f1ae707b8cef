using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class AddDiscriminatorColumnRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "The rows of a table get a discriminator that names no type";
    public override string Condition => "A column named Discriminator is added to a table that exists already, with an empty default or none.";
    public override string Effect => "EF scaffolds an empty text as the default. No type has that name, so the new release fails on every row that exists; the running release writes no other value, so its new rows fail as well.";
    public override string Workaround => "Give the column the name of the type that every existing row is as its default, and keep the default while the old release runs.";

    private const string Name = "Discriminator";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddColumn { Column: { ComputedSql: null } column } add || !column.Name.Equals(Name, StringComparison.OrdinalIgnoreCase)
            || (column.Default is { } given ? given.Sql.Split("::", 2)[0].Trim('(', ')', ' ', '\'', 'N').Length > 0 : !column.Nullable))
        {
            yield break;
        }
        var holds = column.Default is null ? "NULL" : "an empty text";
        yield return Find(
            situation,
            Severity.Dangerous,
            $"{add.Table}.{column.Name} is {holds} in {Say.OfRows(situation.Table)} and in each row the running release adds: no type has that name, and the new release fails when it reads them.",
            "EF reads the type of each row from the discriminator and refuses a value it does not know",
            Cure.Text($"Give {column.Name} a default that names the type of the rows there are, and keep it until the old release is gone"));
    }
}
