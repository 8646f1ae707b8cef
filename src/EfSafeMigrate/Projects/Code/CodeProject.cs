namespace EfSafeMigrate.Projects.Code;

/// <summary>A project whose code is read.</summary>
/// <param name="File">Full path of the project file.</param>
/// <param name="References">The project files that it refers to.</param>
internal sealed record CodeProject(string File, string Text, IReadOnlyList<string> References)
{
    private static readonly string[] TestPackages = ["Microsoft.NET.Test.Sdk", "xunit", "NUnit", "MSTest", "TUnit"];

    public string Name => Path.GetFileNameWithoutExtension(File);

    public string Directory => Path.GetDirectoryName(File)!;

    public bool IsTest => TestPackages.Any(package => Text.Contains($"\"{package}", StringComparison.OrdinalIgnoreCase)) || Name.EndsWith("Tests", StringComparison.Ordinal) || Name.EndsWith(".Test", StringComparison.Ordinal);
}
