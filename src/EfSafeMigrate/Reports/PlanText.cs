using EfSafeMigrate.Plans;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>A plan as a person reads it before anything is written.</summary>
internal sealed class PlanText(IAnsiConsole console)
{
    private const int Label = 16;
    private const int Clause = 42;

    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Quiet = new(Color.Grey);

    public void Write(PlanOutline plan)
    {
        Line();
        Line($"  {plan.Name}: {plan.Headline}", Strong);
        Line();
        Diagram(plan);
        foreach (var migration in plan.Migrations)
        {
            if (migration.Wait is { } wait)
            {
                Line($"      ── {wait} ──", Quiet);
            }
            Migration(migration);
        }
        Line();
        Line($"  Undo: {plan.Undo}");
        foreach (var loss in plan.Losses)
        {
            Wrapped(loss, 4, 2);
        }
        foreach (var note in plan.Notes)
        {
            Wrapped(note, 2, 2);
        }
        Line();
    }

    /// <summary>Which release lives through which phases.</summary>
    private void Diagram(PlanOutline plan)
    {
        var phases = plan.Phases;
        if (!phases.Contains(PhaseKind.Contract))
        {
            return;
        }
        var cells = phases.Select(kind => $" {PlanOutline.Number(kind)} {PlanOutline.Word(kind)} ").ToArray();
        var before = cells.Take(phases.Count - 1).Sum(cell => cell.Length + 1);
        var last = cells[^1].Length;
        Line($"   phases       │{string.Join('│', cells)}│", Quiet);
        Line($"   old release  {new string('━', before)}╸", Quiet);
        Line($"   new release  {new string(' ', Math.Max(0, before - 6))}╺{new string('━', last + 6)}", Quiet);
        Line();
    }

    private void Migration(OutlinedMigration migration)
    {
        var label = migration.First ? $"   {PlanOutline.Number(migration.Phase)} {PlanOutline.Word(migration.Phase)}" : "";
        var lines = migration.Does.SelectMany(clause => Paragraph.Wrap(clause, width: Clause)).ToArray();
        for (var index = 0; index < lines.Length; index++)
        {
            var left = (index == 0 ? label : "").PadRight(Label);
            Line(index == 0 ? $"{left}{lines[index].PadRight(Clause)}  {migration.Cost}".TrimEnd() : left + lines[index]);
        }
    }

    private void Wrapped(string text, int indent, int hanging)
    {
        foreach (var line in Paragraph.Wrap(text, indent, hanging))
        {
            Line(line);
        }
    }

    private void Line(string text = "", Style? style = null) => console.WriteLine(text, style ?? Style.Plain);
}
