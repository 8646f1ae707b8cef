using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class AddColumnRequiredDefaultDroppedRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "A new required column loses its default at once";
    public override string Condition => "A required column is added with a default, and a later change of the same deployment takes the default away.";
    public override string Effect => "The running release does not know the column and leaves it out of its INSERTs. Without the default each of them fails.";
    public override string Workaround => "Keep the default until no release runs that does not know the column, and drop it in a later migration.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AlterColumn { New: { Nullable: false, Identity: false, ComputedSql: null } column } alter
            || !situation.IsNew(alter.Table, column.Name) || !Defaults.IsDropped(situation, alter))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Dangerous,
            $"{alter.Table}.{column.Name} is new and required and loses its default: every INSERT of the running release, which does not know {column.Name}, fails.",
            "a release names the columns of its own model in INSERT",
            Cure.Text($"Keep the default of {column.Name} until no release runs that does not know the column, and drop it in a later migration"));
    }
}
