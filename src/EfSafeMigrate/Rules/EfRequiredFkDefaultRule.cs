using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class EfRequiredFkDefaultRule : Rule
{
    public override Category Category => Category.DataDependent;
    public override string Title => "A required reference starts as a key that does not exist";
    public override string Condition => "A migration adds a required column with the scaffolded default, such as 0 or an empty Guid, and a foreign key over it.";
    public override string Effect => "Every existing row points at that key. No such row exists, so the foreign key fails, or where the engine does not check it, orphans stay.";
    public override string Workaround => "Add the column nullable, give each row its reference, and make it required in a later migration.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddForeignKey { ForeignKey: { Validated: true, Columns: [var name] } key } add || situation.Table.Rows.Value is 0)
        {
            yield break;
        }
        var column = situation.Earlier.Select(earlier => earlier.Change).OfType<AddColumn>()
            .LastOrDefault(added => added.Table.Matches(add.Table) && added.Column.Name == name)?.Column;
        var filled = situation.Earlier.Any(earlier => earlier.Change is UpdateRows update && update.Table.Matches(add.Table) && update.Columns.Contains(name));
        if (column is not { Nullable: false, Default: { } given } || filled || !IsZero(given.Sql))
        {
            yield break;
        }
        var end = situation.Impact.FailsIf.HasFlag(FailsIf.OrphansExist)
            ? $"fails, unless {key.Principal} has a row with that key"
            : $"is not checked: the rows stay without their {key.Principal} row";
        yield return Find(
            situation,
            Severity.Dangerous,
            $"{add.Table}.{name} is added as {given.Sql} in {Say.OfRows(situation.Table)}, and {key.Name ?? "the foreign key"} then {end}.",
            Evidence.Join("EF scaffolds the type's zero as the default of a required column", Evidence.Of(situation.Impact.Basis)),
            Cure.Text($"Add {name} nullable and without the default, set it in every row of {add.Table}, and make it required in a later migration"));
    }

    /// <summary>0, an empty text or an empty Guid; any other value is one that somebody chose.</summary>
    private static bool IsZero(string sql)
    {
        var value = sql.Split("::", 2)[0].Trim('\'', '"', '(', ')', ' ');
        return value.All(c => c is '0' or '-' or '.');
    }
}
