using System.Globalization;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Updates.Backfills;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>How far a backfill is, in one line or in a few.</summary>
internal static class ProgressText
{
    public const int Width = 80;

    private const int Cells = 16;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    private static readonly Style Done = new(Color.Green);
    private static readonly Style Open = new(Color.Grey);
    private static readonly Style Stands = new(Color.Yellow);

    /// <summary>For a log: everything that matters, on one line.</summary>
    public static string Line(BackfillProgress progress) => string.Create(
        Culture, $"  {Percent(progress):0.0} %  {progress.Walked:N0} of {Total(progress)}{(progress.Rate > 0 ? $" · {Rate(progress)}" : "")}{(Left(progress) is { } left ? $" · {left}" : "")}{(progress.Held is { } held ? $" · stands still: {held}" : "")}");

    public static string Line(VerifyProgress proof) => string.Create(
        Culture, $"proving: {proof.Rows:N0} of {Math.Max(proof.Total, proof.Rows):N0} rows looked at");

    /// <summary>For a screen: the bar, then where it is and how big the batches are, then who waits for whom, then why it stands still.</summary>
    public static IReadOnlyList<string> Lines(BackfillProgress progress, int indent = 0, int width = Width) =>
        [.. Spans(progress, indent, width).Select(line => string.Concat(line.Select(span => span.Text)))];

    /// <summary>The same in colour.</summary>
    public static Spectre.Console.Paragraph Coloured(BackfillProgress progress, int indent = 0, int width = Width)
    {
        var text = new Spectre.Console.Paragraph();
        foreach (var (line, number) in Spans(progress, indent, width).Select((line, number) => (line, number)))
        {
            text.Append(number == 0 ? "" : "\n");
            line.ToList().ForEach(span => text.Append(span.Text, span.Style));
        }
        return text;
    }

    private static IEnumerable<IReadOnlyList<(string Text, Style Style)>> Spans(BackfillProgress progress, int indent, int width)
    {
        var margin = new string(' ', indent);
        var full = (int)(progress.Percent / 100 * Cells);
        yield return
        [
            (margin, Style.Plain), (new string('█', full), progress.Held is null ? Done : Stands), (new string('░', Cells - full), Open),
            (string.Create(Culture, $" {Math.Floor(progress.Percent),4:0} %{(progress.Rate > 0 ? $"     {Rate(progress)}" : "")}"), Style.Plain),
        ];
        yield return [(Cut(margin + string.Join(" · ", Rows(progress)), width), Style.Plain)];
        yield return [(Cut(margin + string.Join(" · ", Others(progress)), width), Style.Plain)];
        foreach (var line in progress.Held is { } held ? Paragraph.Wrap($"stands still: {held}", indent, hanging: 2, width: Math.Min(width, Paragraph.Width)) : [])
        {
            yield return [(Cut(line, width), Stands)];
        }
    }

    private static IEnumerable<string> Rows(BackfillProgress progress)
    {
        yield return string.Create(Culture, $"{progress.Walked:N0} of {Total(progress)}");
        if (progress.Batch > 0)
        {
            yield return string.Create(Culture, $"batch {progress.Batch:N0} ({progress.Took.TotalMilliseconds:0} ms)");
        }
        if (Left(progress) is { } left)
        {
            yield return left;
        }
    }

    private static IEnumerable<string> Others(BackfillProgress progress)
    {
        if (progress.Lag is { } lag)
        {
            yield return string.Create(Culture, $"replica lag {lag.TotalSeconds:0.0} s");
        }
        if (progress.Quarantined > 0)
        {
            yield return $"{Say.Rows(progress.Quarantined)} set aside";
        }
        yield return progress.LockWaits switch
        {
            0 => "no one waits",
            1 => "1 batch went around held rows",
            var batches => string.Create(Culture, $"{batches:N0} batches went around held rows"),
        };
    }

    /// <summary>Never rounded up to what only the end is.</summary>
    private static double Percent(BackfillProgress progress) => Math.Floor(progress.Percent * 10) / 10;

    private static string Total(BackfillProgress progress) => Math.Max(progress.Walked, progress.Total).ToString("N0", Culture);

    private static string Rate(BackfillProgress progress) => string.Create(Culture, $"{progress.Rate:N0} rows/s");

    private static string? Left(BackfillProgress progress) => progress is { IsDone: false, Left: { } left } ? $"{Say.Duration(left)} left" : null;

    private static string Cut(string line, int width) => line.Length <= width ? line : line[..(width - 1)] + "…";
}
