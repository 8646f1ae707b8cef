using System.Globalization;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Updates.Backfills;
using Humanizer;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>How far a backfill is, in three or four lines: a bar with its percentage and rate, the rows and the time left, who is in whose way, why it stands still.</summary>
internal static class BackfillView
{
    public const int Width = 80;

    private const int Bar = 16;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    private static readonly Style Done = new(Color.Green);
    private static readonly Style Open = new(Color.Grey);
    private static readonly Style Stands = new(Color.Yellow);

    public static IReadOnlyList<string> Lines(BackfillProgress progress, int indent = 4, int width = Width) =>
        [.. Spans(progress, indent, width).Select(line => string.Concat(line.Select(span => span.Text)))];

    public static Spectre.Console.Paragraph Coloured(BackfillProgress progress, int indent = 4, int width = Width)
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
        var full = (int)Math.Floor(progress.Percent * Bar / 100);
        var percent = Math.Floor(progress.Percent).ToString("0", Culture);
        yield return
        [
            (margin, Style.Plain), (new string('█', full), progress.Held is null ? Done : Stands), (new string('░', Bar - full), Open),
            ($"  {percent,3} %{(progress.Rate > 0 ? $"   {progress.Rate.ToString("N0", Culture)} rows/s" : "")}", Style.Plain),
        ];
        yield return [(Cut(margin + string.Join(" · ", Rows(progress)), width), Style.Plain)];
        yield return [(Cut(margin + string.Join(" · ", Others(progress)), width), Style.Plain)];
        foreach (var line in progress.Held is { } held ? Paragraph.Wrap($"stands still: {held}", indent, hanging: 2) : [])
        {
            yield return [(Cut(line, width), Stands)];
        }
    }

    private static IEnumerable<string> Rows(BackfillProgress progress)
    {
        yield return $"{progress.Walked.ToString("N0", Culture)} of {Math.Max(progress.Walked, progress.Total).ToString("N0", Culture)}";
        if (progress.Batch > 0)
        {
            yield return $"batch {progress.Batch.ToString("N0", Culture)} ({progress.Took.TotalMilliseconds.ToString("N0", Culture)} ms)";
        }
        if (progress is { Left: { } left, IsDone: false })
        {
            yield return $"{Say.Duration(left)} left";
        }
    }

    private static IEnumerable<string> Others(BackfillProgress progress)
    {
        if (progress.Lag is { } lag)
        {
            yield return string.Create(Culture, $"replica lag {lag.TotalSeconds:0.0} s");
        }
        yield return progress.LockWaits == 0 ? "no lock waits" : "lock wait".ToQuantity(progress.LockWaits, "N0", Culture);
        if (progress.Quarantined > 0)
        {
            yield return $"{Say.Rows(progress.Quarantined)} set aside";
        }
    }

    private static string Cut(string line, int width) => line.Length <= width ? line : line[..(width - 1)] + "…";
}
