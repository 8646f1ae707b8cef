using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans;

internal enum PhaseKind { Expand, Backfill, Constrain, Contract }

/// <summary>The whole way from source to target.</summary>
/// <param name="Base">Id of the migration the plan starts from; empty when there is none.</param>
internal sealed record Plan(string Name, string Base, IReadOnlyList<PlannedMigration> Migrations)
{
    /// <summary>Things a person must know that no phase undoes: data a <c>Down</c> cannot bring back, assumptions made.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The schema before the plan.</summary>
    public DatabaseModel Source { get; init; } = DatabaseModel.Empty;
}

/// <summary>One ordinary EF migration of the plan.</summary>
/// <param name="Suffix">Appended to the plan's name, for example <c>1Expand</c> or <c>3Constrain2</c>.</param>
/// <param name="Edits">What its interim model differs by from the target.</param>
/// <param name="Summary">What it does, as clauses for the plan shown to a person.</param>
internal sealed record PlannedMigration(
    PhaseKind Kind, string Suffix, IReadOnlyList<ModelEdit> Edits, IReadOnlyList<Step> Up, IReadOnlyList<Step> Down, IReadOnlyList<string> Summary)
{
    public IReadOnlyList<Gate> Gates { get; init; } = [];

    public IReadOnlyList<Conversion> Converts { get; init; } = [];

    public IReadOnlyList<Regrouping> Regroups { get; init; } = [];

    public IReadOnlyList<MoveSpec> Moves { get; init; } = [];

    /// <summary>What its interim model still lacks, where a held contract is to make it and EF is told that it is there.</summary>
    public IReadOnlyList<OwedName> Owes { get; init; } = [];

    /// <summary>The same, with that told of its model.</summary>
    public PlannedMigration AsTheLastWritten() => this with { Owes = [.. Edits.Select(Owed).OfType<OwedName>()] };

    /// <summary>What the migration says of itself, for whoever applies it.</summary>
    public PhaseMark Mark(string plan) => new(plan, Kind.ToString())
    {
        Counters = [.. Gates.Select(gate => gate.Counter).OfType<TableName>()],
        Filled = [.. Gates.SelectMany(gate => gate.Filled)],
        Converts = Converts.Count > 0 ? Converts : null,
        Regroups = Regroups.Count > 0 ? Regroups : null,
        Moves = Moves.Count > 0 ? Moves : null,
        Owes = Owes.Count > 0 ? Owes : null,
    };

    /// <returns>Null for what is there beside what the target has.</returns>
    private static OwedName? Owed(ModelEdit edit) => edit switch
    {
        KeepDefinition keep => new(keep.Table, keep.Column),
        Relax relax => new(relax.Table, relax.Column),
        DropDefault drop => new(drop.Table, drop.Column),
        MapColumn map => new(map.Table, map.Column),
        Postpone postpone => new(postpone.Table, postpone.Name),
        KeepPrimaryKey or MapTable => new(edit.Table, null),
        _ => null,
    };

    /// <summary>What <see cref="Down"/> does not bring back, as sentences; empty when nothing is lost.</summary>
    public IReadOnlyList<string> Loses { get; init; } = [];
}

/// <summary>One thing a migration does, with a one-line reason for the generated code.</summary>
internal abstract record Step(string? Comment);

/// <summary>EF's operation, emitted as proposed.</summary>
/// <param name="ClearDefault">The default the differ made up is left out.</param>
/// <param name="Annotations">Added to the operation, name and C# literal.</param>
internal sealed record Emit(ProposedOperation Operation, string? Comment = null) : Step(Comment)
{
    public bool ClearDefault { get; init; }
    public IReadOnlyList<(string Name, string Value)> Annotations { get; init; } = [];
}

/// <summary>A rename that the differ was told of beforehand, and so does not propose.</summary>
/// <param name="What">A <see cref="RenameTable"/> or <see cref="RenameColumn"/>.</param>
internal sealed record Rename(TableChange What, string? Comment = null) : Step(Comment);

/// <summary>SQL in place of an operation, or beside them.</summary>
/// <param name="Suppressed">Runs outside the migration's transaction; alone in its migration.</param>
internal sealed record Sql(string Text, bool Suppressed, string? Comment = null) : Step(Comment)
{
    /// <summary>
    /// Makes or drops a trigger, or writes what it would have written. A provider that copies a table does so behind everything else in a migration, and the
    /// copy has no triggers: there such steps have a migration of their own.
    /// </summary>
    public bool IsOfTrigger { get; init; }
}

/// <summary>A backfill: SQL that plain EF can run, annotated so that the tool recognises it.</summary>
internal sealed record Fill(BackfillSpec Spec, string Text, string? Comment = null) : Step(Comment);
