using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans;

/// <summary>Where in the plan a piece of work belongs; slots are carried out in this order.</summary>
internal enum Slot
{
    /// <summary>Additions that take a short lock.</summary>
    Expand,

    /// <summary>Additions that must stand alone, such as a concurrent index.</summary>
    ExpandAlone,
    BackfillAlone,

    /// <summary>Constraints that hold for new rows only.</summary>
    ConstrainNew,
    ConstrainAlone,

    /// <summary>Constraints for new rows that rest on an index built alone.</summary>
    ConstrainIndexed,

    /// <summary>Proof of the old rows, then what rests on it.</summary>
    ConstrainProved,

    /// <summary>What the old release would not pass: for new rows only.</summary>
    ContractNew,

    /// <summary>Proof of the old rows.</summary>
    ContractProved,
    Contract,
}

/// <summary>A rewrite's share of one migration. Pieces of one slot share a migration, unless the slot stands alone.</summary>
internal sealed record Piece(Slot Slot, string Summary)
{
    /// <summary>The existing table it locks; pieces about several tables do not share a constrain or contract migration.</summary>
    public TableName? Table { get; init; }

    /// <summary>Edits that hold in every migration before this one and no longer from it on.</summary>
    public IReadOnlyList<ModelEdit> Lifts { get; init; } = [];

    public Share Up { get; init; } = Share.Nothing;
    public Share Down { get; init; } = Share.Nothing;

    /// <summary>What has to be so before the piece may run; only contract waits for anything.</summary>
    public Gate? Gate { get; init; }

    /// <summary>Values that must be convertible before the piece runs.</summary>
    public Conversion? Converts { get; init; }

    /// <summary>Columns whose values are kept in others.</summary>
    public Regrouping? Regroups { get; init; }

    /// <summary>A column whose values need a place in another table before the piece runs.</summary>
    public MoveSpec? Moves { get; init; }

    /// <summary>What undoing this piece does not bring back.</summary>
    public string? Loses { get; init; }

    /// <summary>What a person must know before, for example rows that make it fail.</summary>
    public string? Note { get; init; }

    public bool Alone => Slot is Slot.ExpandAlone or Slot.BackfillAlone or Slot.ConstrainAlone;

    public PhaseKind Phase => Slot switch
    {
        Slot.Expand or Slot.ExpandAlone => PhaseKind.Expand,
        Slot.BackfillAlone => PhaseKind.Backfill,
        Slot.ContractNew or Slot.ContractProved or Slot.Contract => PhaseKind.Contract,
        _ => PhaseKind.Constrain,
    };
}

/// <param name="Counter">The sequence that advances when the old release writes.</param>
/// <param name="Filled">The columns that must hold their values in every row.</param>
internal sealed record Gate(TableName? Counter, params IReadOnlyList<BackfillSpec> Filled);

/// <summary>What a piece does in one direction: steps before and after the proposed operations, and what becomes of those it answers for.</summary>
internal sealed record Share
{
    public static readonly Share Nothing = new();

    /// <summary>Before everything else: what fails while something stands in the way, or what a run that was stopped has to find again. As a rule they change nothing.</summary>
    public IReadOnlyList<Step> Checks { get; init; } = [];

    /// <summary>Before anything else in the migration, in one statement for all its pieces: whoever waits for locks holds none yet.</summary>
    public TableLocks? Locks { get; init; }

    public IReadOnlyList<Step> First { get; init; } = [];
    public IReadOnlyList<Disposal> Disposals { get; init; } = [];
    public IReadOnlyList<Step> Last { get; init; } = [];

    /// <summary>Some of its steps are <see cref="Sql.IsOfTrigger"/>.</summary>
    public bool HasTriggers =>
        First.Concat(Last).Concat(Disposals.SelectMany(disposal => disposal.Then.Concat(disposal.Together?.Before ?? []).Concat(disposal.Together?.Behind ?? []))).Any(step => step is Sql { IsOfTrigger: true });
}

/// <summary>Tables whose locks are waited for together.</summary>
internal sealed record TableLocks(IReadOnlyList<TableName> Tables, Blocks Blocks)
{
    /// <summary>All of them as one; null when there are none.</summary>
    public static TableLocks? Of(IReadOnlyList<TableLocks> all) =>
        all.Count == 0 ? null : new([.. all.SelectMany(each => each.Tables).Distinct()], all.Max(each => each.Blocks));
}

/// <summary>What becomes of a proposed operation; no steps means it is dropped, for the reason given.</summary>
internal sealed record Disposal(Func<Change, bool> Matches, Func<ProposedOperation, IReadOnlyList<Step>> Steps, string Reason)
{
    /// <summary>The steps right behind the operation, whatever it is.</summary>
    public IReadOnlyList<Step> Then { get; init; } = [];

    /// <summary>False when the differ may or may not propose the operation.</summary>
    public bool Required { get; init; } = true;

    /// <summary>What is done once for several operations; null for none.</summary>
    public Together? Together { get; init; }

    /// <summary>Steps behind those of <see cref="Together"/>.</summary>
    public Func<ProposedOperation, IReadOnlyList<Step>> Finish { get; init; } = _ => [];
}

/// <param name="Before">Steps before the first of the operations.</param>
/// <param name="Behind">Steps behind the last of them.</param>
internal sealed record Together(IReadOnlyList<Step> Before, IReadOnlyList<Step> Behind);
