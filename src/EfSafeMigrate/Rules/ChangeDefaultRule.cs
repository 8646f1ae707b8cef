using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class ChangeDefaultRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "A default changes under the running release";
    public override string Condition => "The default of a column that exists already is replaced by another one.";
    public override string Effect => "EF leaves a column out of INSERT when the property has its CLR default and the model gives a database default. The running release then gets the new value where its code counts on the old one.";
    public override string Workaround => "Deploy a release that writes the value itself first, with the operation left out of the migration; change the default by SQL in a later one.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AlterColumn { Old: { Default: { } old, Identity: false }, New: { Default: { } now, Identity: false, ComputedSql: null } column } alter || Defaults.AreSame(old, now)
            || alter.ChangesType || situation.Migration.Phase is not null || situation.IsNew(alter.Table, column.Name) || Retired.Column(situation, alter.Table, column.Name))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Careful,
            $"The default of {alter.Table}.{column.Name} changes from {old.Sql} to {now.Sql}: rows that the running release inserts without {column.Name} get {now.Sql}.",
            "EF leaves a column with a database default out of INSERT when nobody set the property",
            Cure.Text($"First deploy a release that writes {column.Name} itself and whose model has the new default, with the operation left out; then change the default by SQL in a later migration"));
    }
}
