using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Updates.Histories;

/// <summary>Every migration that touched a table or a column, oldest first.</summary>
/// <param name="Subject">By the last name it has.</param>
internal sealed record Trail(Subject Subject, IReadOnlyList<TrailStep> Steps)
{
    /// <param name="asked">A name as somebody types it.</param>
    /// <exception cref="SafeMigrateException">No migration knows the name.</exception>
    public static Trail Of(ChangeSet set, string asked)
    {
        var steps = HistoryStep.Of(set);
        var descent = new Descent(set);
        var subject = new KnownSubjects(set, steps, descent).Find(asked);
        List<TrailStep> found = [];
        var name = subject;
        foreach (var migration in steps.Reverse().GroupBy(step => step.Migration))
        {
            var then = name;
            List<Change> changes = [];
            foreach (var step in migration)
            {
                var before = descent.Before(step, name);
                if (Touch.IsOf(step, before, name) || descent.Beside(step, name).Any(other => Touch.IsOf(step, other, other)))
                {
                    changes.Insert(0, step.Change);
                }
                name = before;
            }
            if (changes.Count > 0)
            {
                found.Insert(0, new(migration.Key, then, changes));
            }
        }
        return new(subject, found);
    }
}

/// <param name="Then">What it was called when the migration was done.</param>
internal sealed record TrailStep(MigrationChanges Migration, Subject Then, IReadOnlyList<Change> Changes);
