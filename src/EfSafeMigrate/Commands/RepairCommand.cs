using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate repair WHAT</c>: what a person decides after something went wrong.</summary>
internal static class RepairCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("repair", command =>
    {
        command.Description = "Mends what a run cannot mend by itself.";
        command.HelpTextGenerator = app.HelpTextGenerator;
        RepairLock.AddTo(command);
        RepairJournal.AddTo(command);
        RepairStep.AddTo(command);
        command.OnExecute(() =>
        {
            command.ShowHelp();
            return ExitCode.Environment;
        });
    });
}
