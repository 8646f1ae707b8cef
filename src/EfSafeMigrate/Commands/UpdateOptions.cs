using System.Globalization;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>How far <c>apply</c> goes, and how it behaves where others are in its way.</summary>
/// <param name="forwards">False where nothing is applied, and how far is said in another way.</param>
internal sealed class UpdateOptions(CommandLineApplication command, bool forwards = true)
{
    /// <summary>As they are typed, in their order.</summary>
    public static readonly string[] PhaseNames = [.. Enum.GetNames<PhaseKind>().Select(name => name.ToLowerInvariant())];

    private readonly CommandOption? to = !forwards ? null : command.Option("--to <MIGRATION>", "Up to this migration.", CommandOptionType.SingleValue);
    private readonly CommandOption? until = !forwards ? null : command.Option("--until <PHASE>", "expand, backfill, constrain or contract: up to and with this phase. Default: constrain.", CommandOptionType.SingleValue).Among(PhaseNames);
    private readonly CommandOption? resume = !forwards ? null : command.Option("--resume", "Go on with the last run that did not come to its end, as far as that one was to go.", CommandOptionType.NoValue);
    private readonly CommandOption planOnly = command.Option("--plan-only", "Show the plan with its exact SQL; change nothing.", CommandOptionType.NoValue);
    private readonly CommandOption lockWait = command.Option("--lock-wait <SECONDS>", "Wait this long for another run to end. Default: 30.", CommandOptionType.SingleValue);
    private readonly CommandOption lockBudget = command.Option("--lock-budget <MILLISECONDS>", "Stop when a step keeps others waiting for longer.", CommandOptionType.SingleValue);
    private readonly CommandOption killBlockers = command.Option("--kill-blockers", "End sessions that only read and are in a step's way; never a superuser's, nor one that has written or locked a table.", CommandOptionType.NoValue);
    private readonly CommandOption redact = command.Option("--redact", "Do not show the statements of other sessions.", CommandOptionType.NoValue);

    private readonly CommandOption? watch = !forwards ? null : command.Option("--watch <DURATION>", "Watch the database before, during and for so long after the run, for example 5m.", CommandOptionType.SingleValue);
    private readonly CommandOption logDirectory = command.Option("--log-dir <DIR>", "Write a Markdown log of the run into this folder.", CommandOptionType.SingleValue);

    public string? LogDirectory => logDirectory.Value();

    /// <summary>Null when there is nothing to watch: no duration was given, and the settings have no query.</summary>
    public WatchSettings? Watch(SafeMigrateSettings settings) => watch?.Value() is not { } text
        ? settings.Watch.Count == 0 ? null : new WatchSettings(TimeSpan.Zero, settings.Watch)
        : Duration.Parse(text) is { } after ? new WatchSettings(after, settings.Watch)
        : throw new SafeMigrateException($"`--watch {text}` is no length of time.", $"give {Duration.Form}");

    public bool Resume => resume?.HasValue() == true;

    public bool PlanOnly => planOnly.HasValue();

    public string? To => to?.Value();

    /// <param name="ids">All ids, oldest first.</param>
    /// <returns>The id that <see cref="To"/> names; null when it is not given.</returns>
    public string? Last(IReadOnlyList<string> ids) => To is { } name ? MigrationOptions.Find(ids, name) : null;

    public PhaseKind? Until => PhaseOf(until?.Value());

    public static PhaseKind? PhaseOf(string? text) => text is null ? null
        : Enum.TryParse<PhaseKind>(text, ignoreCase: true, out var phase) && !char.IsAsciiDigit(text[0]) ? phase
        : throw new SafeMigrateException($"`--until {text}` is not a phase.", $"say one of {string.Join(", ", PhaseNames)}");

    public bool Redact => redact.HasValue();

    public UpdateSettings Settings(SafeMigrateSettings settings) => new()
    {
        LockWait = Number(lockWait) is { } seconds ? TimeSpan.FromSeconds(seconds) : new UpdateSettings().LockWait,
        LockBudget = (Number(lockBudget) ?? settings.LockBudgetMilliseconds) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
        KillBlockers = killBlockers.HasValue(),
        SmokeQueries = settings.Verify,
        Redact = Redact,
    };

    /// <summary>Refuses a bad call before anything is built.</summary>
    public void Check()
    {
        _ = (Settings(new SafeMigrateSettings()), Watch(new SafeMigrateSettings()));
        if (Until is not null && To is not null)
        {
            throw new SafeMigrateException("--to and --until exclude each other.", "choose one way to say how far");
        }
    }

    private static double? Number(CommandOption option) => option.Value() is not { } text ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= 86_400_000 ? number
        : throw new SafeMigrateException($"`--{option.LongName} {text}` is not a number.", $"say for example --{option.LongName} 30");
}
