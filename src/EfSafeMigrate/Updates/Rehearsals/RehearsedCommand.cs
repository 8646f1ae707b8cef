using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Updates.Rehearsals;

internal enum Verdict
{
    /// <summary>Seen as it was said.</summary>
    Confirmed,

    /// <summary>Seen otherwise than it was said.</summary>
    Mismatch,

    /// <summary>Seen, and nothing was said of it.</summary>
    NotPredicted,
}

/// <summary>One thing that was seen, beside what review says of it.</summary>
/// <param name="Sentence">A clause that begins with what was seen.</param>
internal sealed record Compared(Verdict Verdict, TableName? Table, string Sentence)
{
    /// <summary>Others wait longer, or for more, than was said.</summary>
    public bool IsWorse { get; init; }
}

/// <summary>What a command did on the scratch database.</summary>
/// <param name="Index">Among the migration's commands.</param>
internal sealed record RehearsedCommand(int Index, PlannedCommand Command, double Milliseconds)
{
    /// <summary>Rows it changed; -1 where it changes none.</summary>
    public int Changed { get; init; } = -1;

    /// <summary>The strongest lock on each table that it takes, of tables that were there before; what blocks most first.</summary>
    public IReadOnlyList<TableLock> Locks { get; init; } = [];

    /// <summary>It commits by itself, and its locks were seen from outside only: there may have been others.</summary>
    public bool Glimpsed { get; init; }

    public IReadOnlyList<TableName> Rewritten { get; init; } = [];

    /// <summary>Tables for which it has built an index.</summary>
    public IReadOnlyList<TableName> Indexed { get; init; } = [];

    /// <summary>Rows read by walking through a table.</summary>
    public IReadOnlyDictionary<TableName, long> Read { get; init; } = new Dictionary<TableName, long>();

    public IReadOnlyDictionary<TableName, long> Written { get; init; } = new Dictionary<TableName, long>();

    /// <summary>How long it waited for somebody else.</summary>
    public TimeSpan Waited { get; init; }

    public IReadOnlyList<Compared> Compared { get; init; } = [];

    /// <summary>Rows of the tables it is about, on the scratch database before the migration.</summary>
    public long Rows { get; init; }

    public Work Work =>
        (Rewritten.Count > 0 ? Work.Rewrite : 0) | (Indexed.Count > 0 ? Work.IndexBuild : 0) | (Read.Count > 0 ? Work.Scan : 0) | (Changed > 0 || Written.Count > 0 ? Work.RowChanges : 0);
}
