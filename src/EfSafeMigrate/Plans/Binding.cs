using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using SqlDialect = EfSafeMigrate.Sql.SqlDialect;

namespace EfSafeMigrate.Plans;

/// <summary>Disposes of each operation the differ proposes for one migration: emitted, replaced or dropped, exactly once.</summary>
internal sealed class Binding(Engine engine)
{
    private readonly StepChanges steps = new(engine, SqlDialect.Of(engine.Id));

    /// <param name="before">The schema before the migration.</param>
    public PlannedMigration Bind(DraftMigration migration, StageResult stage, DatabaseModel before)
    {
        var up = Bind(migration, [.. migration.Pieces.Select(piece => piece.Up)], stage.Up, before, strict: true);
        var down = Bind(migration, [.. migration.Pieces.Select(piece => piece.Down).Reverse()], stage.Down, stage.Model, strict: false);
        return new(
            migration.Kind, migration.Suffix, migration.Edits, WithTimeout(up, before), WithTimeout(down, stage.Model),
            [.. migration.Pieces.Select(piece => piece.Summary).Where(summary => summary.Length > 0).Distinct()])
        {
            Gates = [.. migration.Pieces.Select(piece => piece.Gate).OfType<Gate>()],
            Converts = [.. migration.Pieces.Select(piece => piece.Converts).OfType<Conversion>()],
            Loses = [.. migration.Pieces.Select(piece => piece.Loses).OfType<string>()],
        };
    }

    /// <param name="strict">An operation nobody disposes of is a defect; on the way back it undoes EF's own and is emitted.</param>
    private IReadOnlyList<Step> Bind(
        DraftMigration migration, IReadOnlyList<Share> shares, IReadOnlyList<ProposedOperation> proposed, DatabaseModel model, bool strict)
    {
        var disposals = shares.SelectMany(share => share.Disposals).ToList();
        var used = new HashSet<Disposal>();
        IReadOnlyList<Step> first = [.. shares.SelectMany(share => share.First)];
        model = After(first, model);
        List<Step> middle = [];
        foreach (var operation in proposed)
        {
            var change = OperationReader.Read(operation.Operation, model);
            var matching = disposals.Where(disposal => disposal.Matches(change)).ToList();
            middle.AddRange(matching switch
            {
                [var only] => only.Steps(operation),
                [] when !strict || Identity.IsData(change) => [new Emit(operation)],
                [] => throw new InvalidOperationException($"EF proposes {Identity.Of(change)} in {migration.Suffix}, and the plan has no place for it."),
                _ => throw new InvalidOperationException($"EF proposes {Identity.Of(change)} in {migration.Suffix}, and the plan has {matching.Count} places for it."),
            });
            used.UnionWith(matching);
            model = model.After(change);
        }
        return disposals.Find(disposal => disposal.Required && !used.Contains(disposal)) is { } missed
            ? throw new InvalidOperationException($"{migration.Suffix} waits for an operation that EF does not propose: {missed.Reason}.")
            : [.. first, .. middle, .. shares.SelectMany(share => share.Last)];
    }

    /// <summary>The schema behind the migration, with what only its SQL tells.</summary>
    public DatabaseModel After(PlannedMigration migration, DatabaseModel before) => After(migration.Up, before);

    private DatabaseModel After(IReadOnlyList<Step> steps, DatabaseModel model) => this.steps.Of(steps, model).Aggregate(model, Evolution.After);

    /// <summary>Whoever waits for a strong lock makes everyone behind it wait too, so it gives up soon.</summary>
    private IReadOnlyList<Step> WithTimeout(IReadOnlyList<Step> bound, DatabaseModel model)
    {
        if (engine.Phases is not { } forms || bound.Any(step => step is Fill or Sql { Suppressed: true }))
        {
            return bound;
        }
        var changes = steps.Of(bound, model);
        return changes.Any(change => change.InTransaction && TakesLock(change, model))
            ? [new Sql(forms.LockTimeout, Suppressed: false, "Gives up instead of making traffic queue behind a lock"), .. bound]
            : bound;
    }

    private bool TakesLock(Change change, DatabaseModel model) =>
        engine.ImpactOf(change, new(engine.Assumed, model))?.Locks.Any(taken => taken.Blocks != Blocks.Nothing && model.Find(taken.Table) is not null) == true;
}
