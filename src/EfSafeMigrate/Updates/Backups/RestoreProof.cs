using System.Diagnostics;
using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Rehearsals;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Backups;

/// <summary>A backup is one when it has come back: restored into a scratch database, its schema and every table are compared with what was dumped.</summary>
internal sealed class RestoreProof(Original original, BackupForm form, ScratchChoice choice, Action<BackupNews> tell)
{
    private const string Session = "proof";

    /// <summary>The database is handed out when it is a proof.</summary>
    public bool KeepsCopy { get; init; }

    /// <param name="was">What the database held in the moment of the dump.</param>
    /// <param name="range">Counters of the source before the dump and after it.</param>
    public async Task<ProofOfRestore> RunAsync(BackupFolder folder, DatabaseContents was, TableName history, CounterRange range, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        IReadOnlyList<TableContents> rows = [];
        var restored = new Restored((to, stop) => form.RestoreAsync(folder.Dump, to, folder.Owner, RestoreManner.Scratch, async until => rows = await RowsAsync(to, until), stop));
        try
        {
            var scratch = await Scratch.OpenAsync(choice with { Filling = restored }, original, news => tell(new OfScratch(news)), cancellation);
            ProofOfRestore? proof = null;
            try
            {
                return proof = await CompareAsync(scratch, rows, was, history, range, clock, cancellation);
            }
            finally
            {
                await (proof?.Copy is null ? scratch.DisposeAsync() : ValueTask.CompletedTask);
            }
        }
        catch (Exception exception) when (FullDisk.IsBehind(exception, original.Engine.Backups))
        {
            return new($"the disk on which it was brought back is full: {Line(exception)}", new Dictionary<string, string>())
            {
                Next = "free some room there, or name an empty database on another disk: --scratch CONNECTION",
            };
        }
        catch (Exception exception) when (exception is SafeMigrateException or QueryFailure or IOException or UnauthorizedAccessException)
        {
            // What was written stays, and says that nobody has seen it come back.
            return new(Line(exception), new Dictionary<string, string>()) { Next = (exception as SafeMigrateException)?.Next };
        }
    }

    private async Task<IReadOnlyList<TableContents>> RowsAsync(ConnectionTextResult there, CancellationToken cancellation)
    {
        await using var link = await original.ConnectAsync(there.Text, Session, cancellation);
        await link.RunAsync([.. original.Engine.Backups.Begin, .. original.Engine.Backups.Patience], cancellation);
        return await DatabaseContents.RowsAsync(original.Engine, link, _ => { }, cancellation);
    }

    private async Task<ProofOfRestore> CompareAsync(
        Scratch scratch, IReadOnlyList<TableContents> rows, DatabaseContents was, TableName history, CounterRange range, Stopwatch clock, CancellationToken cancellation)
    {
        await using var link = await original.ConnectAsync(scratch.ConnectionString, Session, cancellation);
        await link.RunAsync(original.Engine.Backups.Begin, cancellation);
        var now = await DatabaseContents.AroundAsync(original.Engine, link, history, rows, cancellation);
        var difference = DatabaseContents.Difference(was.Tables, now.Tables) ?? Schemas(was.Schema, now.Schema) ?? range.Difference(now.Counters);
        if (difference is not null)
        {
            return new($"restored, it is not the same: {difference}", now.Counters);
        }
        tell(new Proved(now.Tables.Count, now.Rows, clock.Elapsed));
        return new(null, now.Counters) { Copy = KeepsCopy ? scratch : null };
    }

    private static string Line(Exception exception) => exception.Message.Split('\n')[0].TrimEnd('.');

    private string? Schemas(Schema was, Schema now) => SchemaDiff.Of(Normal(was), Normal(now)) is [var first, ..] ? first.Clause : null;

    private Schema Normal(Schema schema) => new([.. schema.Lines.Where(original.Engine.Backups.Kept).Select(line => line with { Definition = original.Engine.Backups.Normal(line.Definition) })]);
}

/// <param name="Difference">Why it is no proof, as a clause; null when it is one.</param>
/// <param name="Counters">How far sequences are in what came back.</param>
internal sealed record ProofOfRestore(string? Difference, IReadOnlyDictionary<string, string> Counters)
{
    /// <summary>The database, when it is a proof and somebody goes on there.</summary>
    public Scratch? Copy { get; init; }

    /// <summary>What to do where it could not be tried; null where nobody knows.</summary>
    public string? Next { get; init; }
}

/// <summary>Sequences go on whatever a transaction sees: what came back is between what was before the dump and what was after it.</summary>
internal sealed record CounterRange(IReadOnlyDictionary<string, string> Before, IReadOnlyDictionary<string, string> After)
{
    public string? Difference(IReadOnlyDictionary<string, string> now)
    {
        foreach (var (name, before) in Before)
        {
            var (found, after) = (now.GetValueOrDefault(name), After.GetValueOrDefault(name, before));
            if (found is null)
            {
                return $"the sequence {name} is missing";
            }
            if (found != before && found != after && !IsBetween(before, found, after))
            {
                return $"the sequence {name} is at {found} and was at {before}";
            }
        }
        return null;
    }

    private static bool IsBetween(string before, string found, string after) =>
        Number(before) is var low && Number(after) is var high && Number(found) is var value && value >= Math.Min(low, high) && value <= Math.Max(low, high) && before != after;

    /// <summary>One that was never used stands before its first number.</summary>
    private static decimal Number(string text) => text.Length == 0 ? 0 : decimal.Parse(text, CultureInfo.InvariantCulture);
}
