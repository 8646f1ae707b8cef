using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>Why a person decides something; the journal keeps it.</summary>
internal sealed class ReasonOption(CommandLineApplication command, string description)
{
    private readonly CommandOption option = command.Option("--reason <TEXT>", description, CommandOptionType.SingleValue);

    public string Read() => Said(option)
        ?? throw new SafeMigrateException("A reason is missing.", "add --reason \"…\"; the journal keeps it");

    /// <summary>Null when nothing was said: blanks are no reason.</summary>
    public static string? Said(CommandOption option) => string.IsNullOrWhiteSpace(option.Value()) ? null : option.Value()!.Trim();
}
