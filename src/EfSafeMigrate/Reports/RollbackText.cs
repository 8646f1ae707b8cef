using System.Globalization;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Rollbacks;

namespace EfSafeMigrate.Reports;

/// <summary>What a way back undoes and loses, as lines.</summary>
internal static class RollbackText
{
    public static IEnumerable<string> Of(RollbackWeighed weighed)
    {
        var (undoing, counted) = (weighed.Undoing, weighed.Counted);
        yield return $"  Back to {undoing.Spoken} by undoing {"migration".ToQuantity(counted.Count)}, the newest first:";
        foreach (var migration in counted)
        {
            yield return $"    {migration.Name}";
        }
        if (undoing.IsOfPhases)
        {
            yield return "  The old shape was kept up all the time; deploy the old release first: the new one uses what goes.";
        }
        foreach (var line in Lost([.. counted.SelectMany(migration => migration.Losses ?? [])]))
        {
            yield return line;
        }
    }

    public static IEnumerable<string> Of(RestoreWeighed weighed)
    {
        yield return $"  Back to {(weighed.Backup.To == Undoing.Nothing ? "nothing" : weighed.Backup.To)} by restoring {weighed.Backup.Folder}, made {Time(weighed.Backup)} UTC";
        foreach (var line in Lost(weighed.Lost))
        {
            yield return line;
        }
        yield return $"  restore {Digest.Spoken(weighed.Hash)}";
    }

    public static IEnumerable<string> Of(BackupStands stands) =>
        [$"  The database is what it was {Time(stands.Backup)} UTC: {"table".ToQuantity(stands.Tables)} with {Rules.Say.Rows(stands.Rows)}, each as it was backed up."];

    private static IEnumerable<string> Lost(IReadOnlyList<LostRows> losses)
    {
        var real = losses.Where(loss => loss.Rows != 0).ToArray();
        yield return real.Length == 0 ? "  It loses nothing." : "  It loses:";
        foreach (var loss in real)
        {
            yield return $"    {loss.Sentence}";
        }
        if (real.Length < losses.Count)
        {
            yield return "  Counted, and nobody would miss it:";
        }
        foreach (var empty in losses.Where(loss => loss.Rows == 0))
        {
            yield return $"    {empty.Sentence}";
        }
    }

    private static string Time(BackupChoice backup) => backup.Manifest.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
