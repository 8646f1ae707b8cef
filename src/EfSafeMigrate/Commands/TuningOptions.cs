using System.Globalization;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates.Backfills;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>The pace of a backfill: said to the one that begins, or to one that runs.</summary>
internal sealed class TuningOptions(CommandLineApplication command)
{
    private readonly CommandOption size = command.Option("--batch-size <ROWS>", "Rows of a batch. Default: as many as fit into the time of --batch-ms.", CommandOptionType.SingleValue);
    private readonly CommandOption target = command.Option("--batch-ms <MILLISECONDS>", "How long a batch should take. Default: 200.", CommandOptionType.SingleValue);
    private readonly CommandOption pause = command.Option("--pause-ms <MILLISECONDS>", "Pause after each batch. Default: none, or what the engine needs.", CommandOptionType.SingleValue);
    private readonly CommandOption workers = command.Option("--workers <NUMBER>", "Connections that write at the same time, each its own range. Default: 1.", CommandOptionType.SingleValue);

    /// <exception cref="SafeMigrateException">A value is none.</exception>
    public BackfillTuning Read() => size.HasValue() && target.HasValue()
        ? throw new SafeMigrateException("--batch-size and --batch-ms exclude each other.", "--batch-ms lets the tool find the size")
        : new()
        {
            BatchSize = Whole(size, 1, BackfillTerms.MostRows),
            TargetMilliseconds = Whole(target, BackfillTerms.ShortestMilliseconds, BackfillTerms.LongestMilliseconds),
            PauseMilliseconds = Whole(pause, 0, BackfillTerms.LongestMilliseconds),
            Workers = Whole(workers, 1, BackfillTerms.MostWorkers),
        };

    public static int? Whole(CommandOption option, int least, int most) => option.Value() is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new SafeMigrateException(
            string.Create(CultureInfo.InvariantCulture, $"`--{option.LongName} {text}` is not a whole number from {least} to {most}."),
            string.Create(CultureInfo.InvariantCulture, $"say for example --{option.LongName} {Math.Max(least, Math.Min(most, 2))}"));
}
