using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Rules;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>A plan as a person reads it before anything is written.</summary>
internal sealed class PlanText(IAnsiConsole console)
{
    private const int Label = 16;
    private const int Clause = 42;

    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Quiet = new(Color.Grey);

    /// <param name="judged">The plan's migrations as changes, judged, in order.</param>
    public void Write(Plan plan, IReadOnlyList<ReviewedMigration> judged, bool held)
    {
        Line();
        Line($"  {plan.Name}: {plan.Migrations.Count} migrations; the release that runs now works until the contract.", Strong);
        Line();
        Diagram(plan);
        PhaseKind? phase = null;
        foreach (var (migration, reviewed) in plan.Migrations.Zip(judged))
        {
            if (migration.Kind == PhaseKind.Contract && phase != PhaseKind.Contract)
            {
                Line($"      ── deploy the new release; wait until the old one is gone{(held ? "; then write the contract" : "")} ──", Quiet);
            }
            Migration(migration, reviewed, first: migration.Kind != phase);
            phase = migration.Kind;
        }
        Line();
        Undo(plan);
        foreach (var note in plan.Notes)
        {
            Wrapped(note, 2, 2);
        }
        Line();
    }

    /// <summary>Which release lives through which phases.</summary>
    private void Diagram(Plan plan)
    {
        var phases = plan.Migrations.Select(migration => migration.Kind).Distinct().ToArray();
        if (!phases.Contains(PhaseKind.Contract))
        {
            return;
        }
        var cells = phases.Select(kind => $" {Number(kind)} {Word(kind)} ").ToArray();
        var before = cells.Take(phases.Length - 1).Sum(cell => cell.Length + 1);
        var last = cells[^1].Length;
        Line($"   phases       │{string.Join('│', cells)}│", Quiet);
        Line($"   old release  {new string('━', before)}╸", Quiet);
        Line($"   new release  {new string(' ', Math.Max(0, before - 6))}╺{new string('━', last + 6)}", Quiet);
        Line();
    }

    private void Migration(PlannedMigration migration, ReviewedMigration reviewed, bool first)
    {
        var label = first ? $"   {Number(migration.Kind)} {Word(migration.Kind)}" : "";
        var cost = migration.Up.Any(step => step is Fill) ? "locks rows only" : Cost(reviewed);
        var clauses = migration.Summary.Count == 0 ? ["nothing in the database"] : migration.Summary;
        var lines = clauses.SelectMany(clause => Paragraph.Wrap(clause, width: Clause)).ToArray();
        for (var index = 0; index < lines.Length; index++)
        {
            var left = (index == 0 ? label : "").PadRight(Label);
            Line(index == 0 ? $"{left}{lines[index].PadRight(Clause)}  {cost}".TrimEnd() : left + lines[index]);
        }
    }

    /// <summary>The strongest lock on a table that is in use, and how long it lasts.</summary>
    private static string Cost(ReviewedMigration reviewed)
    {
        var strongest = reviewed.Situations
            .Where(situation => !situation.IsOnNewTable && situation.Impact.Blocks != Blocks.Nothing)
            .OrderByDescending(situation => situation.Impact.Lasting).ThenByDescending(situation => situation.Impact.Blocks)
            .FirstOrDefault();
        return strongest switch
        {
            null => reviewed.Situations.Any(situation => situation.Impact.Lasting) ? "nobody waits" : "no lock",
            { Impact.Lasting: false } => $"≤ {Say.Duration(strongest.Estimate.High ?? TimeSpan.FromMilliseconds(5))} lock",
            { Estimate: { Low: { } low, High: { } high } } => $"≈ {Say.Duration(Estimate.Middle(low, high))} lock",
            _ => "lock, size unknown",
        };
    }

    private void Undo(Plan plan)
    {
        var losing = plan.Migrations.Where(migration => migration.Loses.Count > 0).ToArray();
        if (losing.Length == 0)
        {
            Line("  Undo: every phase has a Down that loses nothing.");
            return;
        }
        Line("  Undo: every phase has a Down; data is lost only by");
        foreach (var migration in losing)
        {
            foreach (var loss in migration.Loses)
            {
                Wrapped($"{migration.Suffix}: {loss}", 4, 2);
            }
        }
    }

    private static int Number(PhaseKind kind) => (int)kind + 1;

    private static string Word(PhaseKind kind) => kind.ToString().ToLowerInvariant();

    private void Wrapped(string text, int indent, int hanging)
    {
        foreach (var line in Paragraph.Wrap(text, indent, hanging))
        {
            Line(line);
        }
    }

    private void Line(string text = "", Style? style = null) => console.WriteLine(text, style ?? Style.Plain);
}
