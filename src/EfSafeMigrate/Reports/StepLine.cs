using System.Globalization;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Updates;
using Humanizer;

namespace EfSafeMigrate.Reports;

/// <summary>One step of a run in one line of at most 80 columns.</summary>
internal static class StepLine
{
    private const int PhaseWidth = 10;
    private const int NameWidth = 36;

    public static bool IsPhased(PlannedUpdate migration) => migration.Judged.Migration.Phase is not null;

    public static int Indent(bool phased) => 7 + (phased ? PhaseWidth : 0);

    public static string Of(char mark, PlannedUpdate migration, int number, bool phased)
    {
        var phase = !phased ? "" : (IsPhased(migration) ? migration.Phase.ToString().Camelize() : "").PadRight(PhaseWidth);
        var width = NameWidth + (phased ? 0 : PhaseWidth);
        var name = migration.Name.Length > width ? migration.Name[..(width - 1)] + "…" : migration.Name;
        return $"  {mark} {number.ToString(CultureInfo.InvariantCulture),2} {phase}{name.PadRight(width)}";
    }

    public static string Done(PlannedUpdate migration, StepEnded ended, int number, bool phased)
    {
        var hold = ended.LongestHold is { } held ? $"lock {Say.Duration(TimeSpan.FromMilliseconds(held.Milliseconds))}" : "";
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{ended.Seconds:0.0} s");
        return $"{Of('✔', migration, number, phased)} {hold,-12} {seconds,8}{(ended.FoundDone ? "  (found done after the connection was lost)" : "")}";
    }

    public static string Behind(Blocker blocker, bool redact) =>
        $"behind process {blocker.Process}{(blocker.Application.Length > 0 ? $" ({blocker.Application})" : "")}, open for {Say.Duration(blocker.Age)}"
            + (redact || blocker.Statement.Length == 0 ? "" : $": {Shortened(blocker.Statement, 60)}");

    public static string Shortened(string text, int length)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= length ? line : line[..(length - 1)] + "…";
    }
}
