using System.Globalization;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Drifts;
using EfSafeMigrate.Updates.Rehearsals;

namespace EfSafeMigrate.Updates.Rollbacks;

/// <summary>The schema is what the journal kept of it before the migrations were applied; what other hands had changed before the rollback is not its own.</summary>
/// <param name="kept">Every time the schema was kept, but for what rollbacks have left.</param>
/// <param name="drifted">Lines that were changed before the first step.</param>
internal sealed class CameBack(Engine engine, IReadOnlyList<KeptSchema> kept, IReadOnlySet<SchemaLine> drifted)
{
    private const int Seconds = 60;

    /// <summary>So many differences are told.</summary>
    private const int Shown = 3;

    public static async Task<CameBack> BeforeAsync(Query query, Engine engine, IReadOnlyList<JournalEntry> entries, IReadOnlyList<string> applied, CancellationToken cancellation)
    {
        // What a rollback has left is not what somebody wants back.
        HashSet<string> undoing = [];
        HashSet<SchemaKept> left = [];
        foreach (var entry in entries)
        {
            _ = entry.Event is StepUndone && undoing.Add(entry.Run);
            _ = entry.Event is SchemaKept each && undoing.Contains(entry.Run) && left.Add(each);
        }
        KeptSchema[] kept = [.. KeptSchema.In(entries).Where(each => !left.Contains(each.Event))];
        var then = Of(kept, applied)?.Schema;
        var now = await Schema.ReadAsync(query, engine, null, cancellation, Seconds);
        return new(engine, kept, then is null ? new HashSet<SchemaLine>() : [.. now.Lines.Except(then.Lines), .. then.Lines.Except(now.Lines)]);
    }

    /// <param name="applied">Ids in EF's history by now.</param>
    /// <returns>What was compared.</returns>
    /// <exception cref="SafeMigrateException">Something is not as it was.</exception>
    public async Task<string?> CheckAsync(Query query, IReadOnlyList<string> applied, CancellationToken cancellation)
    {
        if (Of(kept, applied) is not { } then)
        {
            return "No run has kept the schema of before: it was compared with the model alone.";
        }
        var now = await Schema.ReadAsync(query, engine, null, cancellation, Seconds);
        var when = string.Create(CultureInfo.InvariantCulture, $"{then.Event.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        var digest = KeptSchema.DigestOf(now);
        if (digest == then.Event.Schema)
        {
            return $"The schema is what it was {when}: {"thing".ToQuantity(now.Lines.Count)}, digest {Digest.Spoken(digest)}.";
        }
        if (then.Schema is null)
        {
            throw Differs(when, "its lines were too many to keep, so that nobody can say what");
        }
        var found = SchemaDiff.Of(then.Schema, now);
        // EF leaves a schema and an extension where they are.
        var left = found.Where(each => each is not { Before: null, After.Kind: "schema" or "extension" } && new[] { each.Before, each.After }.OfType<SchemaLine>().Any(line => !drifted.Contains(line))).ToArray();
        return left.Length > 0 ? throw Differs(when, string.Join("; ", left.Take(Shown).Select(each => each.Clause)) + (left.Length > Shown ? $"; and {"other difference".ToQuantity(left.Length - Shown)}" : ""))
            : $"The schema is what it was {when}, but for what the rollback did not touch: {string.Join("; ", found.Take(Shown).Select(each => each.Clause))}.";
    }

    private static KeptSchema? Of(IEnumerable<KeptSchema> kept, IEnumerable<string> applied) => kept.LastOrDefault(each => each.Event.History == KeptSchema.HistoryOf(applied));

    private static SafeMigrateException Differs(string when, string what) => new(
        $"{Verification.Done}the schema is not what it was {when}: {what}.", "bring that back by hand, and mend the Down that left it", ExitCode.NeedsPerson);
}
