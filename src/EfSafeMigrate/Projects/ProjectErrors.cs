using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Projects;

/// <summary>Every sentence about a project that cannot be loaded, with its next step.</summary>
internal static class ProjectErrors
{
    public static SafeMigrateException NoDotnet() =>
        new("The `dotnet` command was not found.", "install the .NET SDK, or put its folder on the PATH");

    public static SafeMigrateException NoProjectHere(string folder) =>
        new($"There is no project file in `{Path.GetFileName(folder)}`.", "run the command in the project's folder, or name it with --project");

    public static SafeMigrateException NoSuchProject(string path) =>
        new($"There is no project `{path}`.", "give --project or --startup-project a project file or its folder");

    public static SafeMigrateException SeveralProjects(IReadOnlyList<string> files) =>
        new($"The folder holds several projects: {string.Join(", ", files.Order(StringComparer.Ordinal))}.", "choose one with --project FILE");

    public static SafeMigrateException SeveralFrameworks(string project, IReadOnlyList<string> frameworks) =>
        new($"`{Path.GetFileName(project)}` targets several frameworks: {string.Join(", ", frameworks)}.",
            $"choose one, for example --framework {frameworks[^1]}");

    public static SafeMigrateException DoesNotBuild(string project, string output)
    {
        var errors = output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct().ToArray();
        var first = errors.Length > 0 ? $" {Sentence(FirstError(errors[0]))}" : "";
        var more = errors.Length > 1 ? $" ({errors.Length - 1} more)" : "";
        return new($"`{Path.GetFileName(project)}` does not build:{first}{more}",
            $"dotnet build {Path.GetFileName(project)}   shows every error", detail: output);
    }

    public static SafeMigrateException NotAnswered(string project, string output) =>
        new($"MSBuild did not say where `{Path.GetFileName(project)}` is built to.",
            "repeat with --verbose to see MSBuild's output", detail: output);

    public static SafeMigrateException NotBuilt(string assembly) =>
        new($"`{Path.GetFileName(assembly)}` has not been built.", "leave out --no-build, or run `dotnet build` first") { NotBuilt = true };

    public static SafeMigrateException NoEntityFramework(string project) =>
        new($"`{Path.GetFileName(project)}` does not use EF Core.", "name the project that holds the DbContext with --project, and the one that starts it with --startup-project") { WithoutEf = true };

    public static SafeMigrateException NoDesign(string startup, string version) =>
        new($"`{Path.GetFileName(startup)}` does not reference Microsoft.EntityFrameworkCore.Design, which EF Core needs at design time.",
            $"dotnet add {Path.GetFileName(startup)} package Microsoft.EntityFrameworkCore.Design --version {version}");

    public static SafeMigrateException NotReferenced(string startup, string assembly) =>
        new($"The output of `{Path.GetFileName(startup)}` does not contain `{assembly}.dll`.",
            "the start-up project must reference the project with the migrations; name it with --startup-project");

    public static SafeMigrateException Ended(int? exitCode, string output) =>
        new($"The application ended while it was being loaded{(exitCode is { } code ? $" (exit code {code})" : "")}.",
            "repeat with --verbose to see what it printed; a design-time factory (IDesignTimeDbContextFactory) avoids running its start-up",
            detail: output);

    /// <param name="cause">What its runtime said of the crash; null when it did not crash, or said nothing.</param>
    public static SafeMigrateException EndedAtWork(int? exitCode, string? cause, string output) =>
        new($"The application's process ended in the middle of the work{(exitCode is { } code ? $" (exit code {code}{(cause is null ? "" : $": {cause}")})" : "")}; the database takes back what was not committed.",
            "dotnet safe-migrate status   shows what is applied; dotnet safe-migrate apply --resume   goes on", ExitCode.NeedsPerson, output);

    public static SafeMigrateException NoContext(string? startup) =>
        startup is null
            ? new("No DbContext was found in the project.", "name the project that holds it with --project, and the one that starts it with --startup-project")
            : new($"No DbContext was found, and the application's start-up failed: {Sentence(Cause(startup))}",
                "make the application start, or add a design-time factory (IDesignTimeDbContextFactory)");

    public static SafeMigrateException SeveralContexts(IReadOnlyList<string> contexts) =>
        new($"The project has {contexts.Count} contexts: {string.Join(", ", Told(contexts))}.", $"choose one with --context {Told(contexts)[0]}") { Contexts = contexts };

    public static SafeMigrateException NoSuchContext(string name, IReadOnlyList<string> contexts) =>
        new($"There is no context `{name}`; there is {string.Join(", ", contexts.Select(Short))}.", $"choose one with --context {Short(contexts[0])}");

    public static SafeMigrateException UnknownProvider(string provider, IEnumerable<string> known) =>
        new($"The context uses the provider `{provider}`, which this version does not know.", $"supported are {string.Join(", ", known)}");

    public static SafeMigrateException Of(Failure failure, string context) => failure switch
    {
        { Code: FailureCode.Context, Startup: { } startup } =>
            new($"The application's start-up failed, so `{Short(context)}` cannot be created: {Sentence(Cause(startup))}",
                "make the application start, or add a design-time factory (IDesignTimeDbContextFactory)", detail: failure.Detail),
        { Code: FailureCode.Context } =>
            new($"`{Short(context)}` cannot be created: {Sentence(failure.Message)}",
                "make it creatable at design time: see `IDesignTimeDbContextFactory` in EF Core's documentation", detail: failure.Detail),
        { Code: FailureCode.NotRelational } =>
            new($"The context uses the provider `{failure.Message}`, which has no migrations.", "choose a context with a relational provider by --context"),
        { Code: FailureCode.Multiplexed } =>
            new("The connection string asks for multiplexing: a setting or a lock of one statement would belong to another.", "leave Multiplexing out of the connection string, or give another one with --connection-env"),
        { Code: FailureCode.ConnectionString } =>
            new($"The provider does not read the connection string{(failure.Message.Length > 0 ? $": `{failure.Message}` is no keyword, or has no such value" : "")}.", "correct it as the provider documents; it is not repeated here, as it may hold a password"),
        { Code: FailureCode.NoDatabase } =>
            new($"There is no database at `{failure.Message}`. Nothing was changed.", "correct the connection; `apply` makes a database where there is to be one"),
        { Code: FailureCode.Database } =>
            new($"The database does not answer: {Sentence(failure.Message)}", "check the server and the connection; `review` works without them", detail: failure.Detail),
        { Code: FailureCode.Describe } =>
            new(Sentence(failure.Message), "make the migration's Up() and its Designer file compile and run without a database", detail: failure.Detail),
        { Code: FailureCode.Unmigratable } =>
            new(Sentence(failure.Message), "take that change back in the model and leave what goes unused, or use a new column, table or type beside it", detail: failure.Detail),
        { Code: FailureCode.NoPhases } =>
            new(Sentence(failure.Message), "leave that change out, or run it again with --one-shot to get EF's own single migration", ExitCode.StoppedSafely, detail: failure.Detail),
        _ => new(Sentence(failure.Message), "repeat with --verbose for the details", detail: failure.Detail),
    };

    /// <summary>Simple names where they tell the contexts apart, else full ones.</summary>
    private static IReadOnlyList<string> Told(IReadOnlyList<string> contexts) =>
        contexts.Select(Short).Distinct().Count() == contexts.Count ? [.. contexts.Select(Short)] : contexts;

    public static string Short(string context) => context[(context.LastIndexOfAny(['.', '+']) + 1)..];

    /// <summary>The first line as one sentence.</summary>
    private static string Sentence(string text)
    {
        var line = text.Split('\n')[0].Trim();
        return line.EndsWith('.') ? line : line + ".";
    }

    /// <summary>EF wraps what the start-up threw in a sentence of its own that ends with the message.</summary>
    private static string Cause(string startup)
    {
        const string marker = "Error: ";
        var at = startup.IndexOf(marker, StringComparison.Ordinal);
        return at < 0 ? startup : startup[(at + marker.Length)..];
    }

    private static string FirstError(string line)
    {
        var at = line.IndexOf(": error ", StringComparison.Ordinal);
        var bracket = line.LastIndexOf(" [", StringComparison.Ordinal);
        var message = line[(at + 2)..(bracket > at ? bracket : line.Length)];
        return $"{Path.GetFileName(line[..at])}: {message}";
    }
}
