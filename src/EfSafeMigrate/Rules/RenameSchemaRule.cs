using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class RenameSchemaRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "A schema is renamed under the running release";
    public override string Condition => "A schema that an earlier migration created gets a new name.";
    public override string Effect => "From that moment every query of the running release on anything in the schema fails until the new release is everywhere.";
    public override string Workaround => "Keep the name, or create the new schema beside it and move one table at a time, with a view under the old name.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not RenameSchema rename || situation.EarlierInSet.OfType<CreateSchema>().Any(created => created.Name == rename.Name))
        {
            yield break;
        }
        var held = situation.Before.Tables.Where(table => table.Name.Schema == rename.Name).Select(table => table.Name.ToString()).ToArray();
        yield return Find(
            situation,
            Severity.Dangerous,
            $"Schema {rename.Name} becomes {rename.NewName}: the running release queries {(held.Length > 0 ? Say.List(held) : $"{rename.Name} by its name")} and fails from then on.",
            "EF names the schema in every statement",
            Cure.Text($"Keep the name with HasDefaultSchema(\"{rename.Name}\") or ToTable(…, \"{rename.Name}\"); where it has to change, create {rename.NewName} beside it and move one table at a time"));
    }
}
