using System.Globalization;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>How many backups of a database stay.</summary>
internal sealed class KeepOption(CommandLineApplication command, string description)
{
    private readonly CommandOption keep = command.Option("--keep <N>", description, CommandOptionType.SingleValue);

    /// <summary>Null for all.</summary>
    public int? Value => keep.Value() is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new SafeMigrateException($"`--keep {text}` is not a number of backups.", "say for example --keep 7");
}
