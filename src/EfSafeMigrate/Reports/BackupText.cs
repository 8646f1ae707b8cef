using System.Globalization;
using System.Text.Json;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backups;
using Humanizer;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>What is told of backups and restores.</summary>
internal sealed class BackupText(Talk talk)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public void Tell(BackupNews news)
    {
        if (Of(news) is { } line)
        {
            talk.Say(line);
        }
    }

    public static Task WriteAsync(string folder, BackupManifest manifest, IAnsiConsole console)
    {
        var what = manifest.State == BackupState.Attested ? manifest.Attestation ?? "a snapshot"
            : $"{"table".ToQuantity(manifest.Tables.Count)}, {Say.Rows(manifest.Tables.Sum(table => table.Rows))} in {Say.Bytes(manifest.Bytes)}";
        console.WriteLine($"  {manifest.Database.Name}@{manifest.Database.Server}: {what}");
        console.WriteLine(manifest.State == BackupState.Proven ? "  Proven: restored, it was the same" : $"  {manifest.State}, not proven: {manifest.Unproven}");
        console.WriteLine($"  → dotnet safe-migrate restore {ShellWord.Of(Path.GetRelativePath(Directory.GetCurrentDirectory(), folder))}");
        return Task.CompletedTask;
    }

    public static Task WriteAsync(RestoreTarget target, DatabaseContents contents, IAnsiConsole console)
    {
        console.WriteLine($"  {target.Where}: {"table".ToQuantity(contents.Tables.Count)}, {Say.Rows(contents.Rows)}, each as it was backed up");
        return Task.CompletedTask;
    }

    public static string Json(string folder, BackupManifest manifest) => JsonSerializer.Serialize(new { directory = folder, manifest = JsonDocument.Parse(manifest.Text).RootElement }, Indented);

    public static string Json(string folder, RestoreTarget target, DatabaseContents contents) => JsonSerializer.Serialize(
        new { directory = folder, database = target.Where, tables = contents.Tables.Select(table => new { table = table.Table, rows = table.Rows, digest = table.Digest }) }, Indented);

    /// <summary>One line of a run: how long it took, and what it is worth.</summary>
    public static string Of(BackedUp written, BackupProven? proven) => proven is null
        ? $"backup attested: {written.Attestation ?? "a command of the team made one"}"
        : $"backup {Say.Bytes(written.Bytes)} in {Time(written.Seconds)} · restored and compared in {Time(proven.Seconds)} · proven";

    /// <summary>The last one, and where it is.</summary>
    public static string Of(BackupProven proven)
    {
        var here = proven.By.EndsWith($"@{Operator.Host}", StringComparison.Ordinal);
        return $"The last proven backup is of {proven.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC, by {proven.By}, {Say.Rows(proven.Rows)}: {proven.Folder}"
            + (here && !Directory.Exists(proven.Folder) ? ", which is not there any more" : "");
    }

    /// <summary>As it was measured, and not about.</summary>
    private static string Time(double seconds) => seconds < 100 ? $"{seconds.ToString(seconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture)} s" : Say.Duration(TimeSpan.FromSeconds(seconds));

    public static string? Of(BackupNews news) => news switch
    {
        Dumping dumping => $"  Writing: {Say.Bytes(dumping.Bytes)} so far",
        Dumped dumped => $"  Written: {Say.Bytes(dumped.Bytes)} in {Say.Duration(dumped.Time)}",
        TableRead => null,
        NotStill still => $"  Writers cannot be held for the moment in which the dump begins ({still.Why.TrimEnd('.')}): what they write meanwhile may keep the backup from being proven",
        Proving => "  Restoring it into a scratch database",
        Proved proved => $"  The same: {"table".ToQuantity(proved.Tables)}, {Say.Rows(proved.Rows)}, in {Say.Duration(proved.Time)}",
        OfScratch scratch => ScratchText.Of(scratch.News),
        PartialGone partial => $"  Cleared away what a run that was killed left: {partial.Path}",
        OldGone old => $"  Removed the backup of {old.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC: {old.Path}",
        FilesChecked files => $"  {"file".ToQuantity(files.Files)} as written, {Say.Bytes(files.Bytes)}",
        Restoring restoring => $"  Restoring into {restoring.Where}",
        Emptied emptied => $"  {emptied.Where} is empty now",
        Uploaded uploaded => $"  {"file".ToQuantity(uploaded.Files)} arrived in {uploaded.To}, every byte",
        _ => null,
    };
}
