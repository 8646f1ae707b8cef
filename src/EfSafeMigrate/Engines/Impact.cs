using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>What one engine at one version does with a change.</summary>
internal sealed record Impact
{
    /// <summary>The strongest lock on each table that exists already; the target first.</summary>
    public required IReadOnlyList<TableLock> Locks { get; init; }

    public required Work Work { get; init; }

    public FailsIf FailsIf { get; init; }

    /// <summary>Set when the engine refuses the change whatever the data: the engine's reason as a sentence.</summary>
    public string? Refused { get; init; }

    /// <summary>What of the change only the full editions of the server do, as the subject of a sentence; null when the edition makes no difference.</summary>
    public string? NeedsEdition { get; init; }

    /// <summary>Can run inside a transaction and be rolled back.</summary>
    public bool Transactional { get; init; } = true;

    /// <summary>Outside a transaction it still leaves nothing behind when it fails.</summary>
    public bool Atomic { get; init; }

    /// <summary>The value that rows without one get, though nobody chose it.</summary>
    public Invented? Invented { get; init; }

    /// <summary>Words of the statement that the engine reads and does not carry out.</summary>
    public Unheeded? Unheeded { get; init; }

    /// <summary>What the change takes by itself, where another action of its statement is why the whole of it takes more.</summary>
    public Impact? Alone { get; init; }

    /// <summary>The form of the same change that does not block, when the engine has one.</summary>
    public string? OnlineForm { get; init; }

    public required Basis Basis { get; init; }

    /// <summary>Stands for the impact of a change that no engine table describes.</summary>
    public static readonly Impact NotModelled = new() { Locks = [], Work = Work.Metadata, Basis = new(null, null) };

    public bool IsModelled => !ReferenceEquals(this, NotModelled);

    public Blocks Blocks => Locks.Count == 0 ? Blocks.Nothing : Locks.Max(taken => taken.Blocks);

    /// <summary>The lock lasts as long as work over the rows does.</summary>
    public bool Lasting => Work != Work.Metadata;
}

/// <param name="Mode">The engine's own name of the lock, for example <c>ACCESS EXCLUSIVE</c>.</param>
internal sealed record TableLock(TableName Table, string Mode, Blocks Blocks);

internal sealed record Invented(string Value, Basis Basis);

internal sealed record Unheeded(string Words, Basis Basis);

internal enum Blocks { Nothing, Writes, ReadsAndWrites }

[Flags]
internal enum Work
{
    /// <summary>Catalogue only.</summary>
    Metadata = 0,

    /// <summary>Every row is read.</summary>
    Scan = 1,

    /// <summary>An index is built or rebuilt.</summary>
    IndexBuild = 2,

    /// <summary>Every row is written to a new table.</summary>
    Rewrite = 4,

    /// <summary>Rows are updated or deleted in place.</summary>
    RowChanges = 8,
}

[Flags]
internal enum FailsIf
{
    Nothing = 0,
    RowsExist = 1,
    NullsExist = 2,
    DuplicatesExist = 4,
    OrphansExist = 8,
    ValuesDoNotFit = 16,
    ViolationsExist = 32,
}

/// <summary>Why an impact is believed: a measurement, or a page of the engine's manual.</summary>
/// <param name="Measured">Versions it was measured on, for example <c>PostgreSQL 12–18</c>; null when only documented.</param>
/// <param name="Page">Address of the manual page.</param>
internal sealed record Basis(string? Measured, Uri? Page)
{
    public static Basis MeasuredOn(string versions) => new(versions, null);
}
