namespace EfSafeMigrate.Projects;

/// <summary>One MSBuild call that builds the start-up project and returns what is needed of it.</summary>
internal static class MsBuild
{
    public static async Task<ProjectProperties> BuildAsync(string startup, ProjectRequest request, CancellationToken cancellation)
    {
        string[] arguments =
        [
            "build", startup, "-v:q", "-nologo", "-t:Build", $"-getProperty:{ProjectProperties.Wanted}",
            // EF's build stages would generate a model or precompile queries, and AOT would break design-time code.
            "-p:EFScaffoldModelStage=none", "-p:EFPrecompileQueriesStage=none", "-p:PublishAot=false",
            .. Choice("-c", request.Configuration), .. Choice("-f", request.Framework), .. Choice("-r", request.Runtime),
        ];
        var result = await ChildProcess.RunAsync(Path.GetDirectoryName(startup)!, arguments, cancellation);
        if (result.Code != 0)
        {
            throw ProjectErrors.DoesNotBuild(startup, result.Error + result.Output);
        }
        return Complete(startup, ProjectProperties.Parse(result.Output) ?? throw ProjectErrors.NotAnswered(startup, result.Output));
    }

    /// <summary>Reads properties without building.</summary>
    public static async Task<ProjectProperties> EvaluateAsync(string project, ProjectRequest request, CancellationToken cancellation)
    {
        string[] arguments =
        [
            "msbuild", project, "-nologo", $"-getProperty:{ProjectProperties.Wanted}",
            .. Property("Configuration", request.Configuration), .. Property("TargetFramework", request.Framework),
            .. Property("RuntimeIdentifier", request.Runtime),
        ];
        var result = await ChildProcess.RunAsync(Path.GetDirectoryName(project)!, arguments, cancellation);
        return result.Code == 0 && ProjectProperties.Parse(result.Output) is { } properties
            ? properties
            : throw ProjectErrors.NotAnswered(project, result.Error + result.Output);
    }

    public static ProjectProperties Complete(string startup, ProjectProperties properties) =>
        properties is { TargetFramework: "", TargetFrameworks: { Length: > 0 } frameworks }
            ? throw ProjectErrors.SeveralFrameworks(startup, frameworks.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            : properties;

    private static string[] Choice(string option, string? value) => value is null ? [] : [option, value];

    private static string[] Property(string name, string? value) => value is null ? [] : [$"-p:{name}={value}"];
}
