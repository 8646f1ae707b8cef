using EfSafeMigrate.Plans;
using EfSafeMigrate.Settings;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>Which plan is approved, for how long, and where that is written.</summary>
internal sealed class ApproveOptions(CommandLineApplication command)
{
    private readonly CommandOption to = command.Option("--to <MIGRATION>", "As for `apply`.", CommandOptionType.SingleValue);
    private readonly CommandOption until = command.Option("--until <PHASE>", "As for `apply`.", CommandOptionType.SingleValue).Among(UpdateOptions.PhaseNames);
    private readonly CommandOption expires = command.Option("--expires <TIME>", "How long the approval holds. Default: 8h.", CommandOptionType.SingleValue);
    private readonly CommandOption destructive = command.Option("--destructive", "Also of steps that destroy data; needs --reason.", CommandOptionType.NoValue);
    private readonly CommandOption reason = command.Option("--reason <TEXT>", "Why; goes into the approval.", CommandOptionType.SingleValue);
    private readonly CommandOption plan = command.Option("--plan <FILE>", "What `apply --plan-only --json` printed, in place of project and database.", CommandOptionType.SingleValue);
    private readonly CommandOption output = command.Option("--output <FILE>", "Write the approval to a file; needs --sign-with.", CommandOptionType.SingleValue);
    private readonly CommandOption key = command.Option("--sign-with <KEY>", "File with a private key on the curve P-256, as PEM.", CommandOptionType.SingleValue);

    public string? To => to.Value();

    public PhaseKind? Until => UpdateOptions.PhaseOf(until.Value());

    public bool Destructive => destructive.HasValue();

    public string? Reason => ReasonOption.Said(reason);

    public string? PlanFile => plan.Value();

    public string? OutputFile => output.Value();

    public TimeSpan? Expires => expires.Value() is not { } text ? null
        : Duration.Parse(text) is { Ticks: > 0 } time ? time : throw new SafeMigrateException($"`--expires {text}` is no length of time.", $"give {Duration.Form}");

    public string PrivateKey() => File.Exists(key.Value()) ? File.ReadAllText(key.Value()!)
        : throw new SafeMigrateException($"There is no file `{key.Value()}`.", "give --sign-with a file that holds a private key");

    /// <summary>Refuses a bad call before anything is built.</summary>
    public void Check()
    {
        _ = (Expires, Until);
        if (Destructive && Reason is null)
        {
            throw new SafeMigrateException("--destructive needs a reason.", "--reason \"…\"   goes into the approval");
        }
        if (output.HasValue() != key.HasValue() || (plan.HasValue() && !output.HasValue()))
        {
            throw new SafeMigrateException(
                plan.HasValue() ? "A plan from a file is approved in a file." : "--output and --sign-with go together.", "--output FILE --sign-with KEY.pem");
        }
        if (key.HasValue())
        {
            _ = PrivateKey();
        }
    }
}
