using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>What is said of a contract, which otherwise waits for evidence.</summary>
internal sealed class GateOptions(CommandLineApplication command)
{
    private readonly CommandOption quiet = command.Option("--quiet-period <TIME>", "How long the old shape must not have been used before a contract. Default: 10m.", CommandOptionType.SingleValue);
    private readonly CommandOption attest = command.Option("--attest-readers <REASON>", "Nobody reads the old shape any more; goes into the journal.", CommandOptionType.SingleValue);
    private readonly CommandOption force = command.Option("--force-contract", "Run a contract without evidence that the old release is gone; needs --reason.", CommandOptionType.NoValue);

    /// <param name="reason">Of <c>--reason</c>.</param>
    public GateFlags Read(SafeMigrateSettings settings, string? reason) => new(Period(settings))
    {
        AttestReaders = !attest.HasValue() ? null
            : ReasonOption.Said(attest) ?? throw new SafeMigrateException("--attest-readers needs a reason.", "--attest-readers \"why nobody reads it any more\""),
        Force = !force.HasValue() ? null
            : reason ?? throw new SafeMigrateException("--force-contract needs a reason.", "--reason \"…\"   goes into the journal"),
    };

    private TimeSpan Period(SafeMigrateSettings settings) => quiet.Value() is not { } text ? settings.QuietPeriod
        : Duration.Parse(text) ?? throw new SafeMigrateException($"`--quiet-period {text}` is no length of time.", $"give {Duration.Form}");
}
