using EfSafeMigrate.Updates;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>repair journal</c>: goes on with a new chain after somebody changed the journal.</summary>
internal static class RepairJournal
{
    public static void AddTo(CommandLineApplication repair) => repair.Command("journal", command =>
    {
        command.Description = "Goes on with a new chain after somebody changed the journal; what was found stays, sealed.";
        var project = new ProjectOptions(command, published: true);
        var database = new DatabaseOptions(command);
        var reason = new ReasonOption(command, "Who changed it and why.");
        var output = new OutputOptions(command);
        command.HelpTextGenerator = repair.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, cancellation => RunAsync(project, database, reason.Read(), output, cancellation)));
    });

    private static async Task<int> RunAsync(ProjectOptions projectOptions, DatabaseOptions database, string reason, OutputOptions output, CancellationToken cancellation)
    {
        await using var live = await LiveProject.ToChangeAsync(projectOptions, database, output, cancellation);
        var broken = await new Journal(live.Session, live.Engine).RepairAsync(reason, cancellation);
        live.Talk.Say(broken is null ? "  The journal is whole; nothing was changed." : $"  The journal goes on with a new chain; its entries from {broken} on stay as they were found, sealed.");
        return ExitCode.Clean;
    }
}
