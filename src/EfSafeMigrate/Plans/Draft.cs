using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans;

/// <summary>A plan whose stages the differ has not filled in yet.</summary>
internal sealed record Draft(string Name, IReadOnlyList<DraftMigration> Migrations)
{
    /// <summary>Set when one ordinary migration is the answer: why, as a clause.</summary>
    public string? OneShot { get; init; }

    /// <summary>Id of the migration the plan starts from; empty when there is none.</summary>
    public string Base { get; init; } = "";

    public required Engine Engine { get; init; }
    public required EngineVersion Version { get; init; }

    /// <summary>The schema before the plan.</summary>
    public required DatabaseModel Source { get; init; }

    /// <summary>Told to the differ, which then starts from tables under their new names.</summary>
    public IReadOnlyList<ModelEdit> SourceRenames { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Puts the differ's proposals in their places.</summary>
    /// <exception cref="SafeMigrateException">What is left would stop the running release before contract.</exception>
    public Plan Bind(StagesResult result)
    {
        var binding = new Binding(Engine, Version);
        List<PlannedMigration> bound = [];
        Dictionary<IReadOnlyList<Piece>, PlannedMigration> wholes = [];
        var before = Source;
        foreach (var (migration, stage) in Migrations.Zip(result.Stages))
        {
            if (!wholes.TryGetValue(migration.Pieces, out var whole))
            {
                var operations = Migrations.Zip(result.Stages).First(each => each.First.Pieces == migration.Pieces && each.First.Part != Part.Triggers);
                wholes[migration.Pieces] = whole = binding.Bind(operations.First, operations.Second, before);
            }
            var planned = migration.PartOf(whole);
            bound.Add(planned);
            // A view that serves the running release is in no model of EF's.
            var views = binding.After(planned, before).Tables.Where(table => table.Kind == TableKind.View);
            before = stage.Model with { Tables = [.. stage.Model.Tables, .. views] };
        }
        var plan = new Plan(Name, Base, bound) { Notes = Notes, Source = Source };
        PlanReview.Refuse(plan, Engine, Version);
        return plan;
    }
}

/// <summary>What of its pieces a migration carries out.</summary>
internal enum Part { Whole, Operations, Triggers }

/// <summary>One migration to be, with the pieces that share it.</summary>
internal sealed record DraftMigration(PhaseKind Kind, string Suffix, IReadOnlyList<Piece> Pieces, IReadOnlyList<ModelEdit> Edits)
{
    public Part Part { get; init; }

    /// <summary>Its share of the two migrations that the pieces become.</summary>
    public PlannedMigration PartOf(PlannedMigration whole)
    {
        if (Part == Part.Whole)
        {
            return whole;
        }
        var triggers = Part == Part.Triggers;
        IReadOnlyList<Step> Its(IReadOnlyList<Step> steps) => [.. steps.Where(step => step is Sql { IsOfTrigger: true } == triggers)];
        var begins = triggers == (Kind == PhaseKind.Contract);
        return whole with
        {
            Suffix = Suffix,
            Edits = Edits,
            Up = Its(whole.Up),
            Down = Its(whole.Down),
            Summary = !triggers ? whole.Summary : [Kind == PhaseKind.Contract ? "drops the triggers before EF copies their tables" : "makes the triggers, behind the copies that EF makes of tables"],
            Gates = begins ? whole.Gates : [],
            Converts = begins ? whole.Converts : [],
            Regroups = begins ? whole.Regroups : [],
            Loses = triggers ? [] : whole.Loses,
        };
    }
}
