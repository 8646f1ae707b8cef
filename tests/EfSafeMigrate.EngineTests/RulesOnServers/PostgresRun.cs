using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>Applies steps as EF would and looks from outside before each transaction ends.</summary>
internal sealed class PostgresRun
{
    private readonly PostgresCopy copy;
    private readonly List<Watched> watched = [];
    private readonly List<(Relation, TableLock)> held = [];
    private readonly HashSet<Relation> emptied = [];
    private IReadOnlyDictionary<long, long> updates = new Dictionary<long, long>();
    private bool open;

    private readonly bool plants;

    private PostgresRun(PostgresCopy copy, bool plants) => (this.copy, this.plants) = (copy, plants);

    /// <summary>What was seen, until the first step that fails.</summary>
    /// <param name="plants">Each step is also tried on rows it is said to fail on.</param>
    public static IReadOnlyList<Watched> Of(PostgresCopy copy, IReadOnlyList<Step> steps, bool plants = true)
    {
        var run = new PostgresRun(copy, plants);
        if (plants)
        {
            run.Prepare(steps);
        }
        foreach (var migration in steps.GroupBy(step => step.Migration))
        {
            var planted = plants ? Planted(copy, [.. migration]) : migration.ToDictionary(step => step, _ => new Dictionary<FailsIf, string?>());
            if (!migration.All(step => run.Apply(step, planted[step])))
            {
                copy.Migration.Run("ROLLBACK");
                return run.watched;
            }
            run.Commit();
        }
        return run.watched;
    }

    /// <summary>NULLs for an UPDATE that fills them, equal rows for a DELETE that removes them, and no rows where the case says there are none.</summary>
    private void Prepare(IReadOnlyList<Step> steps)
    {
        if (steps.SelectMany(step => step.Changes).OfType<DeleteRows>().Any())
        {
            foreach (var plant in steps.SelectMany(Plant.Of).Where(plant => plant.Kind == FailsIf.DuplicatesExist))
            {
                copy.Migration.Run(plant.Sql!);
            }
        }
        foreach (var situation in steps.SelectMany(step => step.Situations))
        {
            var filled = situation.Change switch
            {
                UpdateRows { Columns: [var only] } => only,
                AlterColumn alter when NullFill.IsEmitted(alter) => alter.New.Name,
                _ => null,
            };
            if (situation.Change.Target is { } table && copy.Find(table) is { IsTable: true } relation)
            {
                if (filled is not null && relation.Columns.Any(column => column.Name == filled))
                {
                    copy.Migration.Run($"UPDATE {relation.Quoted} SET \"{filled}\" = NULL WHERE ctid = (SELECT min(ctid) FROM {relation.Quoted})");
                }
                if (situation.Table.Rows.Value is 0 && emptied.Add(relation))
                {
                    copy.Migration.Run($"DELETE FROM {relation.Quoted}");
                }
            }
        }
    }

    /// <summary>Each step with the rows it is said to fail on, in a transaction that is undone: first the rows, then the migration up to the step.</summary>
    private static Dictionary<Step, Dictionary<FailsIf, string?>> Planted(PostgresCopy copy, IReadOnlyList<Step> migration)
    {
        var all = migration.ToDictionary(step => step, _ => new Dictionary<FailsIf, string?>());
        foreach (var (step, at) in migration.Select((step, at) => (step, at)))
        {
            foreach (var plant in Plant.Of(step).Where(plant => plant.Sql is not null && copy.Find(plant.Table) is not null))
            {
                var before = migration.Take(at).ToList();
                if (!step.InTransaction || before.Any(earlier => !earlier.InTransaction || earlier.Situations[0].Change is TransactionControl))
                {
                    continue;
                }
                // A statement that corrects the rows of today has its say first.
                var late = before.Any(earlier => earlier.Changes.Any(change => change is UpdateRows or DeleteRows));
                copy.Migration.Run("BEGIN");
                var ready = (late ? before.SelectMany(earlier => earlier.Sql).Append(plant.Sql!) : before.SelectMany(earlier => earlier.Sql).Prepend(plant.Sql!))
                    .All(sql => copy.Migration.Try(sql) is null);
                if (ready)
                {
                    all[step][plant.Kind] = step.Sql.Select(copy.Migration.Try).FirstOrDefault(state => state is not null);
                }
                copy.Migration.Run("ROLLBACK");
            }
        }
        return all;
    }

    /// <summary>False when the step fails for good.</summary>
    private bool Apply(Step step, Dictionary<FailsIf, string?> planted)
    {
        if (step.Situations[0].Change is TransactionControl)
        {
            Commit();
            return true;
        }
        if (!step.InTransaction)
        {
            Commit();
            watched.Add(step.Impacts.Any(impact => !impact.Transactional) ? OutsideRun.Of(copy, step, plants) : Inside(step, planted));
            Commit();
            return watched[^1].Failure is null;
        }
        var seen = Inside(step, planted);
        watched.Add(seen);
        if (seen.Failure is not null && seen.Standing.HasFlag(FailsIf.RowsExist) && !step.Refused)
        {
            foreach (var table in seen.Targets)
            {
                copy.Migration.Run($"DELETE FROM {table.Quoted}");
                emptied.Add(table);
            }
            watched.Add(Inside(step, planted));
        }
        return watched[^1].Failure is null;
    }

    private Watched Inside(Step step, Dictionary<FailsIf, string?> planted)
    {
        if (!open)
        {
            copy.Migration.Run("BEGIN");
            updates = Look.Updates(copy);
            open = true;
        }
        var look = new Look(copy, step, inside: true);
        held.AddRange(look.Predicted);
        copy.Migration.Run("SAVEPOINT step");
        var failure = step.Sql.Select(copy.Migration.Try).FirstOrDefault(state => state is not null);
        if (failure is not null)
        {
            copy.Migration.Run("ROLLBACK TO SAVEPOINT step");
        }
        return failure is null
            ? look.Now([.. held], updates) with { Planted = planted, Emptied = emptied }
            : new(step) { Failure = failure, Standing = look.Standing, Targets = look.Targets, Planted = planted, Predicted = [] };
    }

    private void Commit()
    {
        if (open)
        {
            copy.Migration.Run("COMMIT");
        }
        held.Clear();
        open = false;
    }
}
