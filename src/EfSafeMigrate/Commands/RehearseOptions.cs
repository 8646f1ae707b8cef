using EfSafeMigrate.Plans;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>How far a rehearsal goes.</summary>
internal sealed class RehearseOptions(CommandLineApplication command)
{
    private readonly CommandOption to = command.Option("--to <MIGRATION>", "Up to this migration.", CommandOptionType.SingleValue);
    private readonly CommandOption until = command.Option("--until <PHASE>", "expand, backfill, constrain or contract: up to and with this phase. Default: all that is pending.", CommandOptionType.SingleValue).Among(UpdateOptions.PhaseNames);

    public PhaseKind Until => UpdateOptions.PhaseOf(until.Value()) ?? PhaseKind.Contract;

    /// <param name="ids">All ids, oldest first.</param>
    public string? Last(IReadOnlyList<string> ids) => to.Value() is { } name ? MigrationOptions.Find(ids, name) : null;

    /// <summary>Refuses a bad call before anything is built.</summary>
    public void Check()
    {
        if (until.HasValue() && to.HasValue())
        {
            throw new SafeMigrateException("--to and --until exclude each other.", "choose one way to say how far");
        }
        _ = Until;
    }
}
