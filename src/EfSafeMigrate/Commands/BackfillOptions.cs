using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates.Backfills;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>How rows are written in batches, and what holds the batches. What is said here stands above the settings.</summary>
internal sealed class BackfillOptions(CommandLineApplication command)
{
    private readonly TuningOptions tuning = new(command);
    private readonly CommandOption onRowError = command.Option("--on-row-error <WHAT>", "A row that cannot be written: stop (the default), or skip-and-list.", CommandOptionType.SingleValue).Among("stop", "skip-and-list");
    private readonly CommandOption maxLag = command.Option("--max-lag <DURATION>", "Hold batches while a replica is further behind. Default: 10s; 0s to look at none.", CommandOptionType.SingleValue);
    private readonly CommandOption maxActive = command.Option("--max-active <NUMBER>", "Hold batches while more transactions of others are open.", CommandOptionType.SingleValue);
    private readonly CommandOption maxTransaction = command.Option("--max-transaction <DURATION>", "Hold batches while a transaction of others is older.", CommandOptionType.SingleValue);
    private readonly CommandOption maxLogRate = command.Option("--max-log-rate <SIZE>", "Hold batches while more log is written in a second, for example 50MB.", CommandOptionType.SingleValue);
    private readonly CommandOption file = command.Option("--throttle-file <FILE>", "Hold batches as long as this file is there.", CommandOptionType.SingleValue);
    private readonly CommandOption query = command.Option("--throttle-query <SQL>", "Hold batches unless this query answers false or 0.", CommandOptionType.SingleValue);
    private readonly CommandOption window = command.Option("--window <FROM-TO>", "Batches only between these times of day on this machine, for example 22:00-05:30.", CommandOptionType.SingleValue);
    private readonly CommandOption repair = command.Option("--repair", "Rows that differ at the end are written again.", CommandOptionType.NoValue);

    /// <summary>Refuses a bad call before anything is built.</summary>
    public void Check() => Read(new SafeMigrateSettings());

    /// <exception cref="SafeMigrateException">A value is none.</exception>
    public BackfillSettings Read(SafeMigrateSettings settings)
    {
        var (said, terms) = (tuning.Read(), settings.Backfill);
        return new()
        {
            BatchSize = said.BatchSize ?? (said.TargetMilliseconds is null ? terms.BatchSize : null),
            Target = Milliseconds(said.TargetMilliseconds ?? terms.TargetMilliseconds),
            Pause = Milliseconds(said.PauseMilliseconds ?? terms.PauseMilliseconds),
            Workers = said.Workers ?? terms.Workers ?? 1,
            OnRowError = RowError(Text(onRowError)) ?? RowError(terms.OnRowError) ?? OnRowError.Stop,
            Repair = repair.HasValue(),
            Throttles = new()
            {
                Lag = Time(maxLag) ?? terms.Lag,
                ActiveTransactions = TuningOptions.Whole(maxActive, 0, int.MaxValue) ?? terms.ActiveTransactions,
                LongestTransaction = Time(maxTransaction) ?? terms.LongestTransaction,
                LogRate = Parsed(maxLogRate, DataSize.Parse, DataSize.Form) ?? terms.LogRate,
                File = Text(file) is { } path ? Path.GetFullPath(path) : terms.File,
                Query = Text(query) ?? terms.Query,
                Window = Text(window) is { } hours ? DayWindow.Parse(hours) ?? throw Wrong(window, DayWindow.Form) : terms.Window,
            },
        };
    }

    private OnRowError? RowError(string? said) => said switch
    {
        null => null,
        _ when said == BackfillTerms.RowErrors[0] => OnRowError.Stop,
        _ when said == BackfillTerms.RowErrors[1] => OnRowError.SkipAndList,
        _ => throw Wrong(onRowError, string.Join(" or ", BackfillTerms.RowErrors)),
    };

    private static TimeSpan? Milliseconds(int? number) => number is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

    private static TimeSpan? Time(CommandOption option) => Parsed(option, Duration.Parse, Duration.Form);

    private static T? Parsed<T>(CommandOption option, Func<string, T?> parse, string form)
        where T : struct => Text(option) is not { } text ? null : parse(text) ?? throw Wrong(option, form);

    /// <summary>An empty text is a variable of a build server that was never set.</summary>
    private static string? Text(CommandOption option) => option.Value() is not { } text ? null
        : string.IsNullOrWhiteSpace(text) ? throw new SafeMigrateException($"--{option.LongName} is empty.", $"give --{option.LongName} a value, or leave it out")
        : text;

    private static SafeMigrateException Wrong(CommandOption option, string form) => new($"`--{option.LongName} {option.Value()}` has no meaning.", $"give {form}");
}
