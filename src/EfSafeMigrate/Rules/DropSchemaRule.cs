using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DropSchemaRule : Rule
{
    public override Category Category => Category.Destructive;
    public override string Title => "A schema is dropped";
    public override string Condition => "A schema is dropped that has tables, or with CASCADE.";
    public override string Effect => "Tables, rows, views and functions of the schema are gone; only a backup brings them back. The running release fails on every query of them.";
    public override string Workaround => "Stop using the schema, deploy that release everywhere, and drop its tables one by one before the schema, which then needs no CASCADE.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not DropSchema drop || situation.EarlierInSet.OfType<CreateSchema>().Any(created => created.Name == drop.Name) || !situation.Impact.IsModelled)
        {
            yield break;
        }
        var held = situation.Before.Tables.Where(table => table.Name.Schema == drop.Name).Select(table => table.Name.ToString()).ToArray();
        // Without CASCADE the engine drops an empty schema only.
        if (held.Length == 0 && !drop.Cascade)
        {
            yield break;
        }
        var with = held.Length > 0 ? Say.List(held) : "everything in it";
        yield return Find(
            situation,
            Severity.Dangerous,
            $"Schema {drop.Name} is dropped with {with}, and every query of the running release on it fails.",
            "a dropped schema comes back from a backup only",
            Cure.Text($"Deploy a release that does not use {drop.Name}, rename its tables to NAME{Retired.SetAside("")} and drop those by name in later migrations, and then the schema without CASCADE"));
    }
}
