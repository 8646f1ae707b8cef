using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class SeedingChurnRule : Rule
{
    public override Category Category => Category.Destructive;
    public override string Title => "Seeded rows change with every migration";
    public override string Condition => "HasData makes a migration update columns of a row that an earlier migration of the set updated too, or gives them the time of the scaffolding.";
    public override string Effect =>
        "HasData is evaluated anew at each scaffolding: a value such as Guid.NewGuid(), DateTime.Now or a freshly salted hash differs each time, so every migration writes the rows again, over whatever the application has stored in them.";
    public override string Workaround => "Seed constants: write the GUID, the date or the hash into HasData as it is in the last migration, and scaffold again.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not UpdateData update || update.Keys.Count == 0)
        {
            yield break;
        }
        var columns = Say.List([.. update.Columns]);
        var before = situation.Set.Migrations.TakeWhile(migration => migration != situation.Migration)
            .LastOrDefault(migration => migration.Changes.OfType<UpdateData>().Any(other => Same(other, update)));
        if (before is null && !update.HoldsClock)
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Careful,
            before is not null
                ? $"{situation.Migration.Spoken} writes {columns} of {update.Table} where {update.Keys[0]} again, as {before.Spoken} did: what the application has stored there since is lost each time."
                : $"{situation.Migration.Spoken} writes the time of its scaffolding into {columns} of {update.Table} where {update.Keys[0]}: the next migration will write another, over what the application has stored there.",
            "HasData is compared with the snapshot at each scaffolding",
            Cure.Text($"Give {columns} in HasData constants instead of values that are made anew each time, and scaffold the migration again"));
    }

    private static bool Same(UpdateData other, UpdateData update) =>
        other.Table.Matches(update.Table) && other.Columns.Intersect(update.Columns).Any() && other.Keys.Intersect(update.Keys).Any();
}
