using EfSafeMigrate.Projects.Repositories;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Scaffolding;
using EfSafeMigrate.Scaffolding.Setup;
using McMaster.Extensions.CommandLineUtils;
using Spectre.Console;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate init</c>: settings, the tool manifest, a hook and steps of CI, in a repository.</summary>
internal static class InitCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("init", command =>
    {
        command.Description = "Writes settings, the tool manifest and, when asked, a hook and steps of CI.";
        var project = new ProjectOptions(command);
        var options = new InitOptions(command);
        var output = new OutputOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.OnExecute(() => Program.RunAsync(output, cancellation => RunAsync(project, options, output, cancellation)));
    });

    private static async Task<int> RunAsync(ProjectOptions projectOptions, InitOptions options, OutputOptions output, CancellationToken cancellation)
    {
        var request = projectOptions.Read(Directory.GetCurrentDirectory());
        _ = options.Hook;
        using var repository = await Repository.FindAsync(request.Directory, Environment.GetEnvironmentVariable, cancellation);
        var root = Path.GetFullPath(repository?.Root ?? request.Directory);
        var project = SetupProject.In(root, request);
        var changes = (await SetupFiles.OfAsync(options, root, project, cancellation)).Select(file => file.Change()).ToArray();
        var report = new SetupReport(output.Console(), root);
        var left = changes.Where(change => !change.IsNothing).ToArray();
        Say(() => report.Write(changes, options.DryRun));
        if (options.DryRun || left.Length == 0)
        {
            return Told(written: false);
        }
        if (left.Any(change => !change.IsNew) && !options.Yes && !await AgreedAsync(cancellation))
        {
            throw new SafeMigrateException("Nothing was written.", "--yes   changes files that exist; --dry-run only shows how", ExitCode.StoppedSafely);
        }
        FileChanges.Write(project.Directory, [.. left.Select(change => new Scaffolding.FileChange(change.File.Path, change.After) { ByteOrderMark = false })]);
        Array.ForEach(left, MakeStartable);
        Say(() => report.Next(options.Hook, options.GitLab, options.GitHub || options.GitLab || options.Azure));
        return Told(written: true);

        void Say(Action say)
        {
            if (!output.Json)
            {
                say();
            }
        }

        int Told(bool written)
        {
            if (output.Json)
            {
                Console.Out.WriteLine(report.Json(changes, written));
            }
            return ExitCode.Clean;
        }
    }

    private static async Task<bool> AgreedAsync(CancellationToken cancellation) =>
        Terminal.Prompt is { } ask && (await ask("Change the files that exist like this? [y/N]", cancellation))?.Trim().ToLowerInvariant() is "y" or "yes";

    private static void MakeStartable(SetupChange change)
    {
        if (change.File.IsProgram && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(change.File.Path, File.GetUnixFileMode(change.File.Path) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }
}
