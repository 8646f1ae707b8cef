using System.Globalization;
using System.Text.Json;

namespace EfSafeMigrate.Updates;

/// <summary>
/// The journal's rows as they were read, each checked against the one before it. A repair does not heal what was changed: it seals all rows
/// before it as they were found, and the chain goes on from there.
/// </summary>
/// <param name="Broken">Number of the first entry that is not what was written; null when the chain is whole.</param>
internal sealed record JournalChain(IReadOnlyList<JournalEntry> Entries, IReadOnlyList<string> Raw, long? Broken)
{
    public static JournalChain Empty { get; } = new([], [], null);

    public long LastNumber => Entries.Count == 0 ? 0 : Entries[^1].Number;

    public string? LastHash => Entries.Count == 0 ? null : Entries[^1].Hash;

    /// <summary>Over every row as it stands.</summary>
    public string Seal => Digest.Of(Raw);

    /// <param name="rows">Number, run, kind, entry, hash, and number and hash of the head.</param>
    public static JournalChain Of(IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        var chain = Empty;
        foreach (var row in rows.Where(row => row[0] is not null))
        {
            var (number, run, kind, entry, hash) = (row[0]!, row[1]!, row[2]!, row[3]!, row[4]!);
            if (kind == JournalRepaired.Kind && hash == HashOf(chain.Seal, number, run, kind, entry))
            {
                chain = chain with { Broken = null };
            }
            else if (chain.Broken is null && (Number(number) != chain.LastNumber + 1 || hash != HashOf(chain.LastHash, number, run, kind, entry)))
            {
                chain = chain with { Broken = chain.LastNumber + 1 };
            }
            chain = chain.With(number, run, kind, entry, hash);
        }
        // The last entries can be cut off without hurting the chain; the head beside it knows where it ended.
        var ends = rows is [[.., var headNumber, var headHash], ..] && Number(headNumber!) == chain.LastNumber && headHash == (chain.LastHash ?? "");
        return ends || chain.Broken is not null ? chain : chain with { Broken = chain.LastNumber + 1 };
    }

    public JournalChain With(string number, string run, string kind, string entry, string hash) => this with
    {
        Entries = [.. Entries, new JournalEntry(Number(number), run, Parse(kind, entry), hash)],
        Raw = [.. Raw, number, run, kind, entry, hash],
    };

    public static string HashOf(string? previous, string number, string run, string kind, string entry) => Digest.Of(previous ?? "", number, run, kind, entry);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static RunEvent? Parse(string kind, string entry)
    {
        try
        {
            return JsonSerializer.Deserialize(entry, RunEventJson.Default.RunEvent);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            // Written by a newer version, or by somebody else. However a run ended, it is not at work.
            return kind == RunEnded.Kind ? new RunEnded(RunOutcome.Interrupted, null) : null;
        }
    }
}
