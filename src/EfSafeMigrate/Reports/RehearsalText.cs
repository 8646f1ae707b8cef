using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Updates.Rehearsals;
using Humanizer;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>A rehearsal for a person: of each migration what it did, what review did not know, what it will take, and what is wrong.</summary>
internal sealed class RehearsalText(IAnsiConsole console)
{
    /// <summary>Commands without anything to tell are counted behind the first few.</summary>
    private const int Shown = 6;

    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Quiet = new(Color.Grey);
    private static readonly Style Bad = new(Color.Red);
    private static readonly Style Odd = new(Color.Yellow);

    public void Write(RehearsalReport report)
    {
        Line();
        if (report.Rehearsed is not { } rehearsed)
        {
            Line("  No migration is pending; there is nothing to rehearse.");
            return;
        }
        foreach (var (migration, forecast) in rehearsed.Migrations.Zip(report.Forecasts))
        {
            Write(migration, forecast);
        }
        Wrapped(Summary(rehearsed), 2, Strong);
        if (rehearsed.Left.Count > 0)
        {
            Wrapped($"Not rehearsed, for the database was not in the state before them: {Say.Some([.. rehearsed.Left.Select(migration => migration.Name)])}.", 2);
        }
    }

    /// <summary>One line, of a rehearsal in which nothing was wrong.</summary>
    public static string Of(RehearsalPassed passed) => string.Join(" · ", new[]
    {
        passed.Manifest is null ? "rehearsed up, down, up on a scratch database" : "rehearsed up, down, up on the copy",
        passed.Proved > 0 ? "releases work" : null,
        passed.LongestLock is { } longest ? $"longest lock about {Say.Duration(TimeSpan.FromMilliseconds(longest.Milliseconds))}" : null,
        passed.Mismatches > 0 ? $"{"thing".ToQuantity(passed.Mismatches)} that review did not know" : null,
    }.OfType<string>());

    private void Write(RehearsedMigration migration, Forecast forecast)
    {
        Line($"  {(migration.IsClean ? '✓' : '✗')} {migration.Migration.Id}", migration.IsClean ? Strong : Bad);
        Line($"    {Course(migration)}", Quiet);
        var told = migration.Commands.Where(command => command.Locks.Count > 0 || command.Work != Work.Metadata || Odds(command).Any()).ToList();
        foreach (var command in told.Where((command, at) => at < Shown || Odds(command).Any()))
        {
            Wrapped($"{Verb(command)}: {Did(command)}", 4);
            foreach (var odd in Odds(command))
            {
                Wrapped($"{(odd.IsWorse ? '!' : '·')} {odd.Sentence}", 6, odd.IsWorse ? Odd : Quiet);
            }
        }
        if (told.Count(command => !Odds(command).Any()) > Shown)
        {
            Line($"    … {"statement".ToQuantity(told.Count - Shown)} more, as review says", Quiet);
        }
        Wrapped(Outlook(forecast), 4);
        foreach (var sentence in migration.ByDesign)
        {
            Wrapped($"· by design: {sentence}", 4, Quiet);
        }
        foreach (var sentence in migration.Notes)
        {
            Wrapped($"· {sentence}", 4, Quiet);
        }
        foreach (var defect in migration.Defects)
        {
            Wrapped($"✗ {defect.Sentence}", 4, Bad);
            Wrapped($"→ {defect.Next}", 6);
        }
        Line();
    }

    private static string Course(RehearsedMigration migration) => string.Join(" · ", new[]
    {
        migration.Up is { } up ? $"up {Say.Duration(up)}" : "up failed",
        migration.Up is null ? null : migration.Down is null ? "no way down" : "down",
        migration.Down is null ? null : migration.Again is null ? "up again failed" : "up again",
        migration.Proved == 0 || migration.Defects.Any(defect => defect.Kind == DefectKind.BreaksRelease) ? null : "releases work",
        migration.Down is null || migration.Compared == 0 ? null : $"{"thing".ToQuantity(migration.Compared)} compared",
    }.OfType<string>());

    private static IEnumerable<Compared> Odds(RehearsedCommand command) => command.Compared.Where(each => each.Verdict != Verdict.Confirmed);

    private static string Verb(RehearsedCommand command) => command.Command.Situations switch
    {
        [var only] => Phrase.Of(only).Split(": ")[0],
        [var first, ..] => $"{Phrase.Of(first).Split(": ")[0]} and {command.Command.Situations.Count - 1} more",
        _ => PlainText.Cut(PlainText.Line(command.Command.Sql), 40),
    };

    private static string Did(RehearsedCommand command) => string.Join(", ", new[]
    {
        Say.Duration(TimeSpan.FromMilliseconds(command.Milliseconds)),
        command.Rows > 0 ? $"on {Say.Rows(command.Rows)}" : null,
        command.Changed > 0 ? $"{command.Changed.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} changed" : null,
        command.Locks.FirstOrDefault(taken => taken.Blocks != Blocks.Nothing) is { } strongest ? $"{strongest.Mode} on {strongest.Table}" : command.Command.Suppressed ? "no lock seen that stops anyone" : null,
        command.Rewritten.Count > 0 ? "table written anew" : command.Indexed.Count > 0 ? "index built" : null,
    }.OfType<string>());

    private static string Outlook(Forecast forecast)
    {
        var sized = forecast.Commands.Where(command => command.Rows is not null).MaxBy(command => command.Rows);
        if (forecast.Total is not { } total)
        {
            return "Forecast: unknown, for the real size is not known.";
        }
        var basis = sized is null ? "whatever the size of its tables" : sized.Measured == 0 ? $"for {Say.Rows(sized.Rows!.Value)}, {sized.Basis}" : $"for {Say.Rows(sized.Rows!.Value)}, measured on {sized.Measured.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)}";
        var hold = forecast.Longest is { Time: { } time } longest ? $"; it holds {longest.Lock.Mode} on {longest.Lock.Table} for {Say.Duration(time)}" : "; nobody has to wait for it";
        return $"Forecast: {Say.Duration(total)} {basis}{hold}.";
    }

    private static string Summary(Rehearsed rehearsed)
    {
        var odd = rehearsed.Migrations.SelectMany(migration => migration.Commands).SelectMany(Odds).Count(each => each.IsWorse);
        var defects = rehearsed.Defects.Count();
        var found = defects == 0 ? "no defect" : "defect".ToQuantity(defects);
        return $"{"migration".ToQuantity(rehearsed.Migrations.Count)} rehearsed, {found}{(odd == 0 ? "" : $", {"thing".ToQuantity(odd)} that review did not know")}.";
    }

    private void Wrapped(string text, int indent, Style? style = null)
    {
        foreach (var line in Paragraph.Wrap(text, indent, hanging: 2))
        {
            Line(line, style);
        }
    }

    private void Line(string text = "", Style? style = null) => console.WriteLine(text, style ?? Style.Plain);
}
