using System.Text.Json;

namespace EfSafeMigrate.Projects;

/// <summary>What MSBuild says of a project.</summary>
internal sealed record ProjectProperties
{
    /// <summary>Asked for in one call.</summary>
    public const string Wanted =
        "TargetPath,TargetDir,AssemblyName,RootNamespace,Language,Nullable,TargetFramework,TargetFrameworks,"
        + "ProjectAssetsFile,ProjectDepsFilePath,ProjectRuntimeConfigFilePath,NuGetPackageRoot,MSBuildProjectFullPath";

    public required string TargetPath { get; init; }
    public required string AssemblyName { get; init; }
    public string RootNamespace { get; init; } = "";
    public string Language { get; init; } = "";
    public string Nullable { get; init; } = "";
    public string TargetFramework { get; init; } = "";
    public string TargetFrameworks { get; init; } = "";
    public string ProjectAssetsFile { get; init; } = "";
    public string ProjectDepsFilePath { get; init; } = "";
    public string ProjectRuntimeConfigFilePath { get; init; } = "";
    public string NuGetPackageRoot { get; init; } = "";

    /// <summary>The properties, or null when the text is not MSBuild's answer.</summary>
    public static ProjectProperties? Parse(string output)
    {
        var start = output.IndexOf('{', StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }
        try
        {
            using var document = JsonDocument.Parse(output.AsMemory(start));
            var properties = document.RootElement.GetProperty("Properties");
            string Of(string name) => properties.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
            return new ProjectProperties
            {
                TargetPath = Of("TargetPath"),
                AssemblyName = Of("AssemblyName"),
                RootNamespace = Of("RootNamespace"),
                Language = Of("Language"),
                Nullable = Of("Nullable"),
                TargetFramework = Of("TargetFramework"),
                TargetFrameworks = Of("TargetFrameworks"),
                ProjectAssetsFile = Of("ProjectAssetsFile"),
                ProjectDepsFilePath = Of("ProjectDepsFilePath"),
                ProjectRuntimeConfigFilePath = Of("ProjectRuntimeConfigFilePath"),
                NuGetPackageRoot = Of("NuGetPackageRoot"),
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
