using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Scaffolding;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate add NAME</c>: the model changes as migrations that can be deployed while the old release runs.</summary>
internal static class AddCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("add", command =>
    {
        command.Description = "Adds migrations for the model changes, in phases where one would stop the running release.";
        var name = command.Argument("NAME", "The migration's name.").IsRequired();
        var project = new ProjectOptions(command);
        var output = new OutputOptions(command);
        var directory = command.Option("-o|--output-dir <PATH>", "Folder for the files, relative to the project.", CommandOptionType.SingleValue);
        var nameSpace = command.Option("-n|--namespace <NAMESPACE>", "Namespace of the classes.", CommandOptionType.SingleValue);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, cancellation => RunAsync(name.Value!, directory.Value(), nameSpace.Value(), project, output, cancellation)));
    });

    private static async Task<int> RunAsync(
        string name, string? directory, string? nameSpace, ProjectOptions projectOptions, OutputOptions output, CancellationToken cancellation)
    {
        var talk = output.Talk();
        await using var project = await LoadedProject.LoadAsync(projectOptions.Read(Directory.GetCurrentDirectory()), talk, cancellation);
        var scaffold = await project.AskAsync(new ScaffoldRequest(name, directory, nameSpace), ProtocolJson.Default.ScaffoldResult, cancellation);
        FileChanges.Write(project.Directory, MigrationFiles.Of(scaffold));
        return ExitCode.Clean;
    }
}
