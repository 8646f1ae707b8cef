using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Rehearsals;

namespace EfSafeMigrate.Updates.Drifts;

/// <summary>The schema as the journal keeps it: the first time whole, later what has changed since the entry before, so that many runs take little room.</summary>
/// <param name="Schema">Null where its lines were too many to keep, or are not what was written.</param>
internal sealed record KeptSchema(SchemaKept Event, Schema? Schema)
{
    /// <summary>More characters of an entry than this are not kept, the digest is: about a hundred thousand columns.</summary>
    private const int Most = 1_000_000;

    private const int AskSeconds = 15;

    /// <summary>Every time it was kept since the journal is whole, oldest first.</summary>
    public static IReadOnlyList<KeptSchema> In(IEnumerable<JournalEntry> entries)
    {
        List<KeptSchema> kept = [];
        foreach (var entry in entries)
        {
            if (entry.Event is JournalRepaired)
            {
                kept.Clear();
            }
            else if (entry.Event is SchemaKept each)
            {
                kept.Add(new(each, Read(each, kept.Count > 0 ? kept[^1].Schema : null)));
            }
        }
        return kept;
    }

    /// <param name="before">What was kept last; null for nothing.</param>
    /// <param name="applied">Ids in EF's history.</param>
    public static SchemaKept Of(Schema now, Schema? before, IReadOnlyList<string> applied)
    {
        var since = new SchemaDelta([.. now.Lines.Except(before?.Lines ?? [])], [.. (before?.Lines ?? []).Except(now.Lines)]);
        var text = Packed(JsonSerializer.SerializeToUtf8Bytes(since, SchemaDeltaJson.Default.SchemaDelta));
        return new(DigestOf(now), HistoryOf(applied), text.Length > Most ? null : text) { Whole = before is null };
    }

    /// <summary>Writes the schema as it is now into the journal, unless that is what was written last.</summary>
    public static async Task KeepAsync(string run, Session session, Engine engine, Journal journal, CancellationToken cancellation)
    {
        var now = await Rehearsals.Schema.ReadAsync(session.QueryAsync, engine, null, cancellation, AskSeconds);
        var kept = In(journal.Entries);
        var before = kept.Count == 0 ? null : kept[^1];
        var next = Of(now, before?.Schema, await session.AppliedAsync(cancellation));
        if ((next.Schema, next.History) != (before?.Event.Schema, before?.Event.History))
        {
            await journal.AddAsync(run, next, cancellation);
        }
    }

    public static string HistoryOf(IEnumerable<string> applied) => Digest.Of(applied.Order(StringComparer.Ordinal));

    public static string DigestOf(Schema schema) =>
        Digest.Of(schema.Lines.Distinct().Select(line => string.Join('\u001f', line.Kind, line.Owner, line.Name, line.Definition)).Order(StringComparer.Ordinal));

    private static Schema? Read(SchemaKept kept, Schema? before)
    {
        if (kept.Lines is null || (before is null && !kept.Whole))
        {
            return null;
        }
        try
        {
            var since = JsonSerializer.Deserialize(Unpacked(kept.Lines), SchemaDeltaJson.Default.SchemaDelta)!;
            var schema = new Schema([.. (kept.Whole ? [] : before!.Lines).Except(since.Gone), .. since.Come]);
            return DigestOf(schema) == kept.Schema ? schema : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var packing = new BrotliStream(packed, CompressionLevel.Optimal))
        {
            packing.Write(bytes);
        }
        return Convert.ToBase64String(packed.ToArray());
    }

    private static string Unpacked(string text)
    {
        using var unpacking = new BrotliStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacking, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

/// <param name="Come">Lines that were not there.</param>
/// <param name="Gone">Lines that are not there any more.</param>
internal sealed record SchemaDelta(IReadOnlyList<SchemaLine> Come, IReadOnlyList<SchemaLine> Gone);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(SchemaDelta))]
internal sealed partial class SchemaDeltaJson : JsonSerializerContext;
