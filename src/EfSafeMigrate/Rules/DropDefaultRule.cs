using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DropDefaultRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "A required column loses its default under the running release";
    public override string Condition => "The default of a required column that exists already is taken away.";
    public override string Effect => "INSERTs of the running release that leave the column to the database fail from that moment.";
    public override string Workaround => "Deploy a release that writes the column in every INSERT first, with the operation left out of the migration; drop the default by SQL in a later one.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AlterColumn { Old: { Nullable: false, Identity: false }, New: { Nullable: false, Identity: false, ComputedSql: null } column } alter || !Defaults.IsDropped(situation, alter)
            // A restated column that forgets it is told of as such.
            || (situation.Engine.RestatesColumns is not null && alter.Clause is "MODIFY" or "CHANGE")
            || situation.Migration.Phase is not null || situation.IsNew(alter.Table, column.Name) || Retired.Column(situation, alter.Table, column.Name))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Careful,
            $"{alter.Table}.{column.Name} is required and loses its default: an INSERT of the running release that leaves it to the database fails.",
            "EF leaves a column with a database default out of INSERT when nobody set the property",
            Cure.Text($"First deploy a release that writes {column.Name} in every INSERT and whose model has no default, with the operation left out; then drop the default by SQL in a later migration"));
    }
}
