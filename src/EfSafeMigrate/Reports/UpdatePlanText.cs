using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Updates;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>A plan with every statement, its lock, how long it lasts and what disk it takes.</summary>
internal sealed class UpdatePlanText(IAnsiConsole console)
{
    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Quiet = new(Color.Grey);

    public void Write(UpdatePlan plan)
    {
        foreach (var migration in plan.Migrations)
        {
            console.WriteLine($"  {migration.Id}", Strong);
            foreach (var destroyed in migration.Destroys)
            {
                Wrapped($"destroys: {destroyed}");
            }
            foreach (var command in migration.Commands)
            {
                Command(migration, command);
            }
            console.WriteLine();
        }
        Totals(plan);
    }

    private void Command(PlannedUpdate migration, PlannedCommand command)
    {
        var cost = command.IsHistory ? migration.IsUndo ? "EF forgets the migration" : "EF records the migration" : Cost(command);
        console.WriteLine($"    -- {cost}{(command.Suppressed ? " · outside the transaction" : "")}", Quiet);
        foreach (var line in command.Sql.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            console.WriteLine(line.Length == 0 ? "" : $"    {line}");
        }
    }

    private static string Cost(PlannedCommand command)
    {
        if (command.Situations.Count > 0 && command.Situations.All(situation => situation.Change is CreateTable || situation.IsOnNewTable))
        {
            return "a new table, which nobody uses yet · a few ms";
        }
        var taken = command.Lock is { } strongest ? $"{strongest.Mode} on {strongest.Table}" : "no lock that stops anyone";
        var estimate = UpdateEstimate.Of(command.Situations);
        return $"{taken} · {estimate.Spoken}{Disk(estimate)} ({estimate.Basis})";
    }

    private static string Disk(UpdateEstimate estimate) => estimate.Disk is > 0 and var disk ? $" · disk ≈ {Say.Bytes(disk)}" : "";

    private void Totals(UpdatePlan plan)
    {
        var all = UpdateEstimate.Of([.. plan.Migrations.SelectMany(migration => migration.Commands).SelectMany(command => command.Situations)]);
        console.WriteLine($"  in all {all.Spoken}{Disk(all)} ({all.Basis})");
        console.WriteLine($"  plan {plan.Hash}");
    }

    private void Wrapped(string text)
    {
        foreach (var line in Paragraph.Wrap(text, 4, hanging: 2))
        {
            console.WriteLine(line);
        }
    }
}
