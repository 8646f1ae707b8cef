using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>What a caller says instead of being asked.</summary>
internal sealed class ConsentOptions(CommandLineApplication command)
{
    private readonly CommandOption expect = command.Option("--expect-database <NAME>", "The database you mean; another one is refused.", CommandOptionType.SingleValue);
    private readonly CommandOption approve = command.Option("--approve <HASH>", "The plan that may run; another one is refused.", CommandOptionType.SingleValue);
    private readonly CommandOption file = command.Option("--approval <FILE>", "A signed approval, made by `approve --output`.", CommandOptionType.SingleValue);
    private readonly CommandOption destructive = command.Option("--approve-destructive <HASH>", "The plan that may run and destroy data; needs --reason.", CommandOptionType.SingleValue);
    private readonly CommandOption reason = command.Option("--reason <TEXT>", "Why a safeguard is set aside; goes into the journal.", CommandOptionType.SingleValue);
    private readonly CommandOption loss = command.Option("--accept-data-loss <MIGRATION>", "A migration that may destroy data, where nothing is protected; may be repeated.", CommandOptionType.MultipleValue);
    private readonly CommandOption drift = command.Option("--accept-drift", "Run although other hands have changed the schema, where that is refused; needs --reason.", CommandOptionType.NoValue);
    private readonly CommandOption yes = command.Option("-y|--yes", "Yes to questions at a terminal, where nothing is protected.", CommandOptionType.NoValue);

    public string? Reason => ReasonOption.Said(reason);

    public ConsentFlags Read(SafeMigrateSettings settings) => new()
    {
        ExpectDatabase = expect.Value(),
        Approve = approve.Value(),
        ApproveDestructive = destructive.Value(),
        Reason = Reason,
        AcceptDataLoss = [.. loss.Values.OfType<string>()],
        AcceptDrift = drift.HasValue(),
        Yes = yes.HasValue(),
        Signed = file.Value() is not { } path ? null
            : File.Exists(path) ? ApprovalFile.Read(File.ReadAllText(path), path, settings.Approval.Approvers)
            : throw new SafeMigrateException($"There is no file `{path}`.", "give --approval a file that `dotnet safe-migrate approve --output` wrote"),
    };

    /// <summary>Refuses a bad call before anything is built.</summary>
    public void Check()
    {
        if (new[] { expect, approve, file, destructive, loss }.FirstOrDefault(option => option.Values.Any(string.IsNullOrWhiteSpace)) is { } empty)
        {
            // A variable of a build server that was never set.
            throw new SafeMigrateException($"--{empty.LongName} is empty.", $"give --{empty.LongName} a value, or leave it out");
        }
        if (drift.HasValue() && Reason is null)
        {
            throw new SafeMigrateException("--accept-drift needs a reason.", "--reason \"…\"   goes into the journal");
        }
        if (destructive.HasValue() && Reason is null)
        {
            throw new SafeMigrateException("--approve-destructive needs a reason.", "--reason \"…\"   goes into the journal");
        }
    }
}
