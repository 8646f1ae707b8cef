using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using Spectre.Console;

namespace EfSafeMigrate.Commands;

/// <summary>Asks a person about renames, on standard error, so that standard output stays data.</summary>
internal static class RenamePrompt
{
    private const string Separate = "no, drop it and start the other empty";

    /// <summary>The decisions with every open question about tables answered.</summary>
    public static Decisions AskTables(MigrationChanges changes, DatabaseModel target, Decisions decisions)
    {
        while (TableQuestions.Of(changes, target, decisions) is [var question, ..])
        {
            decisions = Ask(question.Text, question.Table.Name, question.Candidates, candidate => candidate.ToString()) is { } fresh
                ? decisions with { Tables = [.. decisions.Tables, new RenameTable(question.Table, fresh)] }
                : decisions with { SeparateTables = [.. decisions.SeparateTables, question.Table] };
        }
        return decisions;
    }

    /// <summary>The decisions with every open question about columns answered.</summary>
    public static Decisions Ask(MigrationChanges changes, DatabaseModel target, Decisions decisions)
    {
        while (RenameQuestions.Of(changes, target, decisions) is [var question, ..])
        {
            decisions = Ask(question.Text, question.Column, question.Candidates, candidate => candidate) is { } fresh
                ? decisions with { Renames = [.. decisions.Renames, new RenameColumn(question.Table, question.Column, fresh)] }
                : decisions with { Separate = [.. decisions.Separate, (question.Table, question.Column)] };
        }
        return decisions;
    }

    /// <summary>The decisions with every open question about moves to another table answered.</summary>
    public static Decisions AskMoves(MigrationChanges changes, DatabaseModel target, Decisions decisions)
    {
        while (MoveQuestions.Of(changes, target, decisions) is [var question, ..])
        {
            decisions = Ask(question.Text, $"{question.Table}.{question.Column}", question.Candidates, table => $"{table}.{question.Column}") is { } table
                ? decisions with { Moves = [.. decisions.Moves, new MoveColumn(question.Table, question.Column, table, question.Column)] }
                : decisions with { Separate = [.. decisions.Separate, (question.Table, question.Column)] };
        }
        return decisions;
    }

    /// <returns>Null when none of them is the same.</returns>
    private static T? Ask<T>(string question, string old, IReadOnlyList<T> candidates, Func<T, string> name) where T : class
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var choices = candidates.Select(candidate => $"yes: {old} → {name(candidate)}").ToList();
        var answer = console.Prompt(new SelectionPrompt<string>().Title(Markup.Escape(question)).UseConverter(Markup.Escape).AddChoices([.. choices, Separate]));
        return answer == Separate ? null : candidates[choices.IndexOf(answer)];
    }
}
