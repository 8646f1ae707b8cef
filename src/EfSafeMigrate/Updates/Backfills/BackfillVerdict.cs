using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>Whether every row has its value, and that was looked at.</summary>
internal abstract record BackfillVerdict;

/// <param name="Digest">Over keys and values of all rows; null where the engine has no hash.</param>
internal sealed record Proven(long Rows, int Chunks, string? Digest) : BackfillVerdict;

/// <summary>Rows have another value than the expression says.</summary>
internal sealed record Differs(IReadOnlyList<DifferingChunk> Chunks) : BackfillVerdict
{
    public long Rows => Chunks.Sum(chunk => chunk.Compared.Differing);
}

/// <param name="Sentence">What keeps it from being proved.</param>
internal sealed record NotProven(Doubt Why, string Sentence) : BackfillVerdict
{
    /// <summary>There is nothing that could be wrong; still it proves nothing.</summary>
    public bool HasNothing => Why is Doubt.EmptyTable or Doubt.NoRowConcerned;
}

internal enum Doubt
{
    EmptyTable,
    NoRowConcerned,
    NoChunk,
    ChunksDoNotMeet,
    RowCount,
    Trigger,
    Digest,
    QueryFailed,
}

/// <param name="Keys">The first rows that differ.</param>
internal sealed record DifferingChunk(ComparedChunk Compared, IReadOnlyList<IReadOnlyList<string>> Keys);

/// <summary>What the engine says of a range.</summary>
/// <param name="Actual">Digest of the values as they are.</param>
/// <param name="Expected">Digest of the values as the expression has them.</param>
internal sealed record ComparedChunk(KeyRange Range, long Rows, long Differing, string? Actual, string? Expected)
{
    /// <summary>Rows that the spec is about; the others are right as they are.</summary>
    public long Concerned { get; init; } = Rows;
}
