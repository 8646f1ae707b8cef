using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Updates.Histories;

/// <summary>One change of one migration, with the schema around it.</summary>
internal sealed record HistoryStep(MigrationChanges Migration, Change Change, DatabaseModel Before, DatabaseModel After)
{
    /// <summary>Every change of every migration, oldest first.</summary>
    public static IReadOnlyList<HistoryStep> Of(ChangeSet set)
    {
        List<HistoryStep> steps = [];
        foreach (var migration in set.Migrations)
        {
            var model = migration.Source;
            foreach (var change in migration.Changes)
            {
                var after = model.After(change);
                steps.Add(new(migration, change, model, after));
                model = after;
            }
        }
        return steps;
    }
}
