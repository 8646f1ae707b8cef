using EfSafeMigrate.Commands.Completions;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate completion SHELL</c>: a script by which a shell completes what is typed.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, Func<IReadOnlyList<CompletedCommand>, string>> Shells = new()
    {
        ["bash"] = BashCompletion.Of,
        ["zsh"] = ZshCompletion.Of,
        ["fish"] = FishCompletion.Of,
        ["pwsh"] = PwshCompletion.Of,
    };

    public static void AddTo(CommandLineApplication app) => app.Command("completion", command =>
    {
        command.Description = "Prints a script by which a shell completes commands, options and their values.";
        var shell = command.Argument("SHELL", $"{string.Join(", ", Shells.Keys)}.").IsRequired().Among(() => Shells.Keys);
        var output = new OutputOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.OnExecute(() => Program.RunAsync(output, async _ =>
        {
            await Console.Out.WriteAsync(Script(shell.Value!, app));
            return ExitCode.Clean;
        }));
    });

    public static string Script(string shell, CommandLineApplication app) => Shells.GetValueOrDefault(shell) is { } script ? script(CompletedCommand.Of(app)).ReplaceLineEndings("\n")
        : throw new SafeMigrateException($"`{shell}` is not a shell that is known here.", $"use one of {string.Join(", ", Shells.Keys)}");
}
