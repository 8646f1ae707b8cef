using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate repair WHAT</c>: what a person decides after something went wrong; each decision is journalled with its reason.</summary>
internal static class RepairCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("repair", command =>
    {
        command.Description = "Mends what a run cannot mend by itself, with a reason that is journalled.";
        command.HelpTextGenerator = app.HelpTextGenerator;
        RepairJournal.AddTo(command);
        RepairStep.AddTo(command);
        command.OnExecute(() =>
        {
            command.ShowHelp();
            return ExitCode.Environment;
        });
    });
}
