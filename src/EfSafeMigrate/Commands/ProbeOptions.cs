using System.Globalization;
using EfSafeMigrate.Facts;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>How long the database is asked.</summary>
internal sealed class ProbeOptions(CommandLineApplication command)
{
    private readonly CommandOption timeout = command.Option("--probe-timeout <SECONDS>", "Stop each question to the data after this time. Default: 5.", CommandOptionType.SingleValue);

    public TimeSpan Timeout => timeout.Value() is not { } text ? Prober.DefaultLimit
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.001 and <= 3600 ? TimeSpan.FromSeconds(seconds)
        : throw new SafeMigrateException($"`--probe-timeout {text}` is not a number of seconds.", "say for example --probe-timeout 10");
}
