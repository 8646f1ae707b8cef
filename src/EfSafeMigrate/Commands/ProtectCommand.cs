using EfSafeMigrate.Updates;
using McMaster.Extensions.CommandLineUtils;
using Spectre.Console;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate protect</c>: marks the database itself, so that no settings file and no environment's name is needed to know.</summary>
internal static class ProtectCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("protect", command =>
    {
        command.Description = "Marks the database as protected, for good: from then on a plan needs an approval.";
        var project = new ProjectOptions(command, published: true);
        var database = new DatabaseOptions(command);
        var reason = new ReasonOption(command, "Why; goes into the journal.");
        var output = new OutputOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, cancellation => RunAsync(project, database, reason.Read(), output, cancellation)));
    });

    private static async Task<int> RunAsync(ProjectOptions projectOptions, DatabaseOptions database, string reason, OutputOptions output, CancellationToken cancellation)
    {
        await using var live = await LiveProject.ToChangeAsync(projectOptions, database, output, cancellation);
        var journal = await Journal.OpenOrCreateAsync(live.Session, live.Engine, cancellation);
        await journal.AddAsync("protection", new MarkedProtected(reason), cancellation);
        output.Console().WriteLine($"  {live.Session.Target} is protected: {reason}");
        return ExitCode.Clean;
    }
}
