using EfSafeMigrate.Projects;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>Which project and context: names and meanings of <c>dotnet ef</c>.</summary>
/// <param name="published">A published application may stand in for the project.</param>
internal sealed class ProjectOptions(CommandLineApplication command, bool published = false)
{
    private readonly CommandOption? from = published ? command.Option("--from <DIR>", "A published application in place of a project; needs no SDK and no source.", CommandOptionType.SingleValue) : null;
    private readonly CommandOption project = command.Option("-p|--project <PROJECT>", "The project with the migrations, or its folder.", CommandOptionType.SingleValue);
    private readonly CommandOption startup = command.Option("-s|--startup-project <PROJECT>", "The project that starts the application.", CommandOptionType.SingleValue);
    private readonly CommandOption context = command.Option("-c|--context <DBCONTEXT>", "The DbContext, when there are several.", CommandOptionType.SingleValue);
    private readonly CommandOption configuration = command.Option("--configuration <CONFIGURATION>", "The build configuration.", CommandOptionType.SingleValue);
    private readonly CommandOption framework = command.Option("--framework <FRAMEWORK>", "The target framework of the start-up project.", CommandOptionType.SingleValue);
    private readonly CommandOption runtime = command.Option("--runtime <RUNTIME_IDENTIFIER>", "The runtime to build for.", CommandOptionType.SingleValue);
    private readonly CommandOption noBuild = command.Option("--no-build", "Use what is built already.", CommandOptionType.NoValue);
    private readonly CommandOption environment = command.Option("--environment <NAME>", "The application's environment, for example Production. Default: ASPNETCORE_ENVIRONMENT or DOTNET_ENVIRONMENT.", CommandOptionType.SingleValue);
    private readonly CommandOption extensions = Hidden(command.Option("--msbuildprojectextensionspath <PATH>", "Accepted for older scripts; not needed.", CommandOptionType.SingleValue));

    /// <summary>The application's environment as it was said; null when nobody did, and EF takes Development.</summary>
    public string? Environment => HostEnvironment.Said(environment.Value(), command.RemainingArguments);

    /// <summary>As they were given, for a command that somebody repeats; what only saves time is left out.</summary>
    public IReadOnlyList<string> Said => Words([from, project, startup, context, configuration, framework, runtime, environment]);

    /// <summary>What the application is given.</summary>
    public IReadOnlyList<string> Application => [.. command.RemainingArguments.Select(word => ShellWord.Of(word, windows: false))];

    /// <summary>Options with their values, ready for a shell.</summary>
    public static IReadOnlyList<string> Words(IEnumerable<CommandOption?> options) =>
        [.. options.OfType<CommandOption>().Where(option => option.Value() is not null).Select(option => $"--{option.LongName} {ShellWord.Of(option.Value()!, windows: false)}")];

    public ProjectRequest Read(string directory)
    {
        _ = extensions;
        if (from?.Value() is { } folder)
        {
            return Published(directory, folder);
        }
        var defaults = DotnetEfDefaults.Find(directory);
        return new ProjectRequest
        {
            Directory = directory,
            Project = project.Value() ?? defaults.Project,
            StartupProject = startup.Value() ?? defaults.StartupProject,
            Context = context.Value() ?? defaults.Context,
            Configuration = configuration.Value() ?? defaults.Configuration,
            Framework = framework.Value() ?? defaults.Framework,
            Runtime = runtime.Value() ?? defaults.Runtime,
            NoBuild = noBuild.HasValue(),
            Environment = Environment,
            Arguments = command.RemainingArguments,
        };
    }

    private ProjectRequest Published(string directory, string folder)
    {
        if (new[] { project, configuration, framework, runtime, noBuild }.FirstOrDefault(option => option.HasValue()) is { } other)
        {
            throw new SafeMigrateException($"--from and --{other.LongName} exclude each other.", $"leave out --{other.LongName}: a published application is taken as it is");
        }
        return new ProjectRequest
        {
            Directory = directory,
            From = folder,
            StartupProject = startup.Value(),
            Context = context.Value(),
            Environment = Environment,
            Arguments = command.RemainingArguments,
        };
    }

    private static CommandOption Hidden(CommandOption option)
    {
        option.ShowInHelpText = false;
        return option;
    }
}
