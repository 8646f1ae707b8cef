using System.Globalization;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>How many tables at a time.</summary>
internal sealed class JobsOption(CommandLineApplication command)
{
    private const int Most = 64;

    private readonly CommandOption jobs = command.Option("--jobs <N>", "Tables at a time, where the engine can. Default: one a processor, at most 4.", CommandOptionType.SingleValue);

    public int Value => jobs.Value() is not { } text ? Math.Clamp(Environment.ProcessorCount, 1, 4)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= Most ? number
        : throw new SafeMigrateException($"`--jobs {text}` is not a number from 1 to {Most}.", "say for example --jobs 4");
}
