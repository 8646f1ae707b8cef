using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using Spectre.Console;

namespace EfSafeMigrate.Commands;

/// <summary>Asks a person about renames, on standard error, so that standard output stays data.</summary>
internal static class RenamePrompt
{
    private const string Separate = "no, drop it and start the other empty";

    /// <summary>The decisions with every open question answered.</summary>
    public static Decisions Ask(MigrationChanges changes, DatabaseModel target, Decisions decisions)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        while (RenameQuestions.Of(changes, target, decisions) is [var question, ..])
        {
            var answer = console.Prompt(new SelectionPrompt<string>()
                .Title(Markup.Escape(question.Text))
                .UseConverter(Markup.Escape)
                .AddChoices([.. question.Candidates.Select(candidate => $"yes: {question.Column} → {candidate}"), Separate]));
            decisions = answer == Separate
                ? decisions with { Separate = [.. decisions.Separate, (question.Table, question.Column)] }
                : decisions with { Renames = [.. decisions.Renames, new RenameColumn(question.Table, question.Column, answer[(answer.LastIndexOf("→ ", StringComparison.Ordinal) + 2)..])] };
        }
        return decisions;
    }
}
