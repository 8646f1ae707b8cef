using System.Globalization;
using System.Numerics;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>
/// What a walk over the table has found, and what the table said of itself. Every doubt keeps the verdict from being a proof: a verification that
/// looked at nothing, or not at everything, finds no difference either.
/// </summary>
/// <param name="Chunks">In the order in which they were compared.</param>
/// <param name="Before">Rows of the whole table before the walk, counted in one statement that knows no chunks.</param>
/// <param name="After">The same after it.</param>
internal sealed record BackfillEvidence(string Target, IReadOnlyList<DifferingChunk> Chunks, long Before, long After)
{
    /// <summary>Of the rows, where the table changes meanwhile.</summary>
    private const double Churn = 0.001;

    /// <summary>The trigger that was not there, or did not fire; null when it is there or none is needed.</summary>
    public string? MissingTrigger { get; init; }

    /// <summary>The engine has a hash for digests.</summary>
    public bool Hashes { get; init; } = true;

    private IEnumerable<ComparedChunk> Compared => Chunks.Select(chunk => chunk.Compared);

    public BackfillVerdict Verdict =>
        MissingTrigger is { } trigger ? Lacking(Target, trigger)
        : Flaw() is { } flaw ? flaw
        : Chunks.Where(chunk => chunk.Compared.Differing > 0).ToArray() is { Length: > 0 } differing ? new Differs(differing)
        : Rows == 0 && (Before == 0 || After == 0) ? new NotProven(Doubt.EmptyTable, $"{Target}: the table is empty, so there is nothing to prove.")
        : Miscount() is { } miscount ? miscount
        : Undigested() is { } undigested ? undigested
        : Compared.Sum(chunk => chunk.Concerned) == 0 ? new NotProven(Doubt.NoRowConcerned, $"{Target}: the condition of the backfill holds for none of {Say.Rows(Rows)}, so there is nothing to prove.")
        : new Proven(Rows, Chunks.Count, Digest);

    private long Rows => Compared.Sum(chunk => chunk.Rows);

    /// <summary>A sum of sums is the same however the table was cut.</summary>
    private string? Digest => !Hashes ? null
        : Compared.Select(chunk => BigInteger.TryParse(chunk.Actual, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : (BigInteger?)null).ToArray() is var numbers && numbers.All(number => number is not null)
            ? numbers.Aggregate(BigInteger.Zero, (sum, number) => sum + number!.Value).ToString(CultureInfo.InvariantCulture)
            : Updates.Digest.Of(Compared.Select(chunk => chunk.Actual ?? ""));

    public static NotProven Lacking(string target, string trigger) =>
        new(Doubt.Trigger, $"{target}: the trigger {trigger} is not on the table, or does not fire: rows that are written now do not get their value.");

    /// <summary>The chunks go from the table's beginning to its end, and each begins where the one before ended.</summary>
    private NotProven? Flaw()
    {
        var chunks = Compared.ToArray();
        if (chunks.Length == 0)
        {
            return new(Doubt.NoChunk, $"{Target}: no part of the table was compared.");
        }
        if (chunks[0].Range.After is { } first)
        {
            return Apart($"the first chunk begins behind {Key(first)}, not at the beginning of the table");
        }
        if (chunks[^1].Range.UpTo is { } last)
        {
            return Apart($"the last chunk ends at {Key(last)}, not at the end of the table");
        }
        for (var next = 1; next < chunks.Length; next++)
        {
            var (ends, begins) = (chunks[next - 1].Range.UpTo, chunks[next].Range.After);
            if (ends is null || begins is null || !ends.SequenceEqual(begins))
            {
                return Apart($"chunk {next} ends at {Key(ends)}, and the next begins behind {Key(begins)}");
            }
            if (chunks[next].Range.UpTo is { } end && end.SequenceEqual(begins))
            {
                return Apart($"chunk {next + 1} ends where it begins, at {Key(end)}");
            }
        }
        return chunks.FirstOrDefault(chunk => chunk.Range.IsRow) is { } row ? Apart($"a chunk is only the row {Key(row.Range.UpTo)}") : null;

        NotProven Apart(string how) => new(Doubt.ChunksDoNotMeet, $"{Target}: the comparison does not cover the table: {how}.");
    }

    /// <summary>A table that stands still has as many rows as were compared; one that changes has about as many.</summary>
    private NotProven? Miscount()
    {
        var slack = Before == After ? 0 : (long)Math.Ceiling(Math.Max(Before, After) * Churn);
        return Rows >= Math.Min(Before, After) - slack && Rows <= Math.Max(Before, After) + slack ? null
            : new(Doubt.RowCount, $"{Target}: {Say.Rows(Rows)} were compared, and the table has {(Before == After ? Say.Rows(After) : $"{Say.Rows(Before)} before and {Say.Rows(After)} after")}.");
    }

    private NotProven? Undigested() =>
        !Hashes ? null
        : Compared.FirstOrDefault(chunk => chunk.Rows > 0 && (chunk.Actual is null || chunk.Actual != chunk.Expected)) is { } chunk
            ? new(Doubt.Digest, $"{Target}: behind {Key(chunk.Range.After)} no row differs, and yet the digest of {Say.Rows(chunk.Rows)} is {chunk.Actual ?? "missing"} in place of {chunk.Expected ?? "none"}.")
            : null;

    public static string Key(IReadOnlyList<string>? key) => key is null ? "the table's edge" : $"({string.Join(", ", key)})";
}
