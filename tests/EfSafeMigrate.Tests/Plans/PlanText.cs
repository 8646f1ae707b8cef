using System.Text;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Projects;
using SqlStep = EfSafeMigrate.Plans.Sql;

namespace EfSafeMigrate.Tests.Plans;

/// <summary>A plan as a person approves it: every migration, its model's edits, and what it runs.</summary>
internal static class PlanText
{
    public static string Of(Plan plan)
    {
        var text = new StringBuilder();
        foreach (var migration in plan.Migrations)
        {
            text.AppendLine($"== {plan.Name}{migration.Suffix}");
            text.AppendJoin("", migration.Summary.Select(clause => $"{clause}\n"));
            text.AppendJoin("", migration.Loses.Select(loss => $"loses: {loss}\n"));
            text.AppendJoin("", migration.Edits.Select(edit => $"model: {edit}\n"));
            Append(text, "up", migration.Up);
            Append(text, "down", migration.Down);
        }
        text.AppendJoin("", plan.Notes.Select(note => $"note: {note}\n"));
        return text.ToString();
    }

    /// <summary>What the step runs.</summary>
    public static string SqlOf(Step step) => step switch
    {
        Emit { ClearDefault: true } emit => Commands(emit)[..Commands(emit).IndexOf(" DEFAULT ", StringComparison.Ordinal)] + ";",
        Emit { Annotations.Count: > 0 } emit => Commands(emit).Replace(" INDEX ", " INDEX CONCURRENTLY ", StringComparison.Ordinal),
        Emit emit => Commands(emit),
        Rename { What: RenameTable rename } => $"ALTER TABLE {PlanCase.Engine.QuoteTable(rename.Table)} RENAME TO {PlanCase.Engine.Quote(rename.NewName.Name)};",
        SqlStep sql => sql.Text,
        Fill fill => fill.Text,
        _ => throw new InvalidOperationException($"{step} runs nothing"),
    };

    private static void Append(StringBuilder text, string direction, IReadOnlyList<Step> steps)
    {
        foreach (var step in steps)
        {
            var kind = step switch
            {
                Emit emit => $"emit {OperationReader.NameOf(emit.Operation.Operation)}",
                Rename => "rename",
                SqlStep { Suppressed: true } => "sql, outside the transaction",
                SqlStep => "sql",
                _ => "backfill, outside the transaction",
            };
            text.AppendLine($"-- {direction}: {kind}{(step.Comment is { } comment ? $" · {comment}" : "")}");
            text.AppendLine(SqlOf(step));
        }
    }

    private static string Commands(Emit emit) => string.Join('\n', emit.Operation.Commands.Select(command => command.Sql));
}
