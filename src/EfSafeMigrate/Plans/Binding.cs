using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using SqlDialect = EfSafeMigrate.Sql.SqlDialect;

namespace EfSafeMigrate.Plans;

/// <summary>Disposes of each operation the differ proposes for one migration: emitted, replaced or dropped, exactly once.</summary>
internal sealed class Binding(Engine engine, EngineVersion version)
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
            Regroups = [.. migration.Pieces.Select(piece => piece.Regroups).OfType<Regrouping>()],
            Moves = [.. migration.Pieces.Select(piece => piece.Moves).OfType<MoveSpec>()],
            Loses = [.. migration.Pieces.Select(piece => piece.Loses).OfType<string>()],
        };
    }

    /// <param name="strict">An operation nobody disposes of is a defect; on the way back it undoes EF's own and is emitted.</param>
    private IReadOnlyList<Step> Bind(
        DraftMigration migration, IReadOnlyList<Share> shares, IReadOnlyList<ProposedOperation> proposed, DatabaseModel model, bool strict)
    {
        var disposals = shares.SelectMany(share => share.Disposals).ToList();
        IReadOnlyList<Step> first = [.. Locks(shares), .. shares.SelectMany(share => share.First)];
        model = After(first, model);
        List<Disposed> read = [];
        foreach (var operation in proposed)
        {
            var change = OperationReader.Read(operation.Operation, model);
            var matching = disposals.Where(disposal => disposal.Matches(change)).ToList();
            var disposal = matching switch
            {
                [var only] => only,
                [] when !strict || Identity.IsData(change) => Disposals.Again(change),
                [] => throw new InvalidOperationException($"EF proposes {Identity.Of(change)} in {migration.Suffix}, and the plan has no place for it."),
                _ => throw new InvalidOperationException($"EF proposes {Identity.Of(change)} in {migration.Suffix}, and the plan has {matching.Count} places for it."),
            };
            read.Add(new(operation, disposal, [.. disposal.Steps(operation).Select(step => step is Emit emit ? Asserted(emit, change, model) : step)]));
            model = model.After(change);
        }
        return disposals.Find(disposal => disposal.Required && !read.Exists(each => each.By == disposal)) is { } missed
            ? throw new InvalidOperationException($"{migration.Suffix} waits for an operation that EF does not propose: {missed.Reason}.")
            : [.. shares.SelectMany(share => share.Checks), .. first, .. read.SelectMany(each => Gathered(each, read)), .. shares.SelectMany(share => share.Last)];
    }

    private sealed record Disposed(ProposedOperation Operation, Disposal By, IReadOnlyList<Step> Steps);

    /// <summary>An operation's steps, with what is done before the first and behind the last of those it belongs to.</summary>
    private static IEnumerable<Step> Gathered(Disposed one, IReadOnlyList<Disposed> all)
    {
        if (one.By.Together is not { } together)
        {
            return one.Steps;
        }
        var its = all.Where(each => ReferenceEquals(each.By.Together, together)).ToList();
        return
        [
            .. its[0] == one ? together.Before : [],
            .. one.Steps,
            .. its[^1] == one ? [.. together.Behind, .. its.SelectMany(each => each.By.Finish(each.Operation))] : Array.Empty<Step>(),
        ];
    }

    private IEnumerable<Step> Locks(IReadOnlyList<Share> shares) =>
        TableLocks.Of([.. shares.Select(share => share.Locks).OfType<TableLocks>()]) is { } locks
            ? [new Sql(engine.Phases!.Swap!.Lock(locks.Tables, locks.Blocks), Suppressed: false, $"Waits for {(locks.Tables.Count == 1 ? "the table" : "all tables")} without making others wait")]
            : [];

    /// <summary>The schema behind the migration, with what only its SQL tells.</summary>
    public DatabaseModel After(PlannedMigration migration, DatabaseModel before) => After(migration.Up, before);

    private DatabaseModel After(IReadOnlyList<Step> steps, DatabaseModel model) => this.steps.Of(steps, model).Aggregate(model, Evolution.After);

    /// <summary>Where no transaction takes back what fails, an operation that can be met again says what it asks of the server.</summary>
    private Step Asserted(Emit emit, Change change, DatabaseModel model)
    {
        var asked = change is AddColumn add && emit.ClearDefault ? add with { Column = add.Column with { Default = null } } : change;
        return engine.Phases?.Asserted(asked, new(version, model), [.. emit.Operation.Commands.Select(command => command.Sql)]) is { } sql
            ? new Sql(sql, Suppressed: false, emit.Comment)
            : emit;
    }

    /// <summary>Whoever waits for a strong lock makes everyone behind it wait too, so it gives up soon.</summary>
    private IReadOnlyList<Step> WithTimeout(IReadOnlyList<Step> bound, DatabaseModel model)
    {
        if (engine.Phases is not { LockTimeout: { } timeout } forms || bound.Any(step => step is Fill || (step is Sql { Suppressed: true } && forms.LockTimeoutEnds is null)))
        {
            return bound;
        }
        var changes = steps.Of(bound, model);
        if (!changes.Any(change => (change.InTransaction || forms.LockTimeoutEnds is not null) && TakesLock(change, model)))
        {
            return bound;
        }
        var limit = new Sql(timeout, Suppressed: false, "Gives up instead of making traffic queue behind a lock");
        return forms.LockTimeoutEnds is { } ends ? [limit, .. bound, new Sql(ends, Suppressed: false)] : [limit, .. bound];
    }

    private bool TakesLock(Change change, DatabaseModel model) =>
        engine.ImpactOf(change, new(engine.Assumed, model))?.Locks.Any(taken => (taken.Blocks != Blocks.Nothing || engine.Waiting?.EveryDefinition == true) && model.Find(taken.Table) is not null) == true;
}
