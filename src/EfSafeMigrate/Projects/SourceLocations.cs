using EfSafeMigrate.Changes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects;

/// <summary>Finds each operation's call in a migration's source, and what comments accept of it.</summary>
internal sealed class SourceLocations(string projectDirectory)
{
    private static readonly string[] BuildFolders = ["bin", "obj"];

    private readonly Lazy<string[]> files = new(() => Files(projectDirectory));

    /// <summary>Loads the C# parser while the application starts: a quarter of a second that nobody waits for then.</summary>
    public static void WarmUp() => SourcePlaces.In(CSharpSyntaxTree.ParseText("class C { void Up(B b) { b.Sql(\"\"); } }"), null, "C", ["Sql"]);

    public SourcePlaces Of(string migration, string? type, IReadOnlyList<string> operations)
    {
        if (PathOf(migration) is not { } file)
        {
            return SourcePlaces.None(operations.Count);
        }
        var relative = Path.GetRelativePath(projectDirectory, file).Replace('\\', '/');
        return SourcePlaces.In(CSharpSyntaxTree.ParseText(File.ReadAllText(file)), relative, type?[(type.LastIndexOfAny(['.', '+']) + 1)..], operations);
    }

    /// <summary>Full path of the file that holds the migration's <c>Up</c>.</summary>
    public string? PathOf(string migration) =>
        files.Value.FirstOrDefault(file => Path.GetFileName(file) == migration + ".cs")
        ?? files.Value.FirstOrDefault(file => HoldsUp(file, migration));

    /// <summary>A migration whose file was renamed or that has no Designer carries its id in an attribute.</summary>
    private static bool HoldsUp(string file, string migration)
    {
        var text = File.ReadAllText(file);
        return text.Contains($"Migration(\"{migration}\")]", StringComparison.Ordinal) && text.Contains(" Up(", StringComparison.Ordinal);
    }

    private static string[] Files(string directory)
    {
        var skipped = BuildFolders.Select(name => Path.Combine(directory, name) + Path.DirectorySeparatorChar).ToArray();
        return [.. Directory.EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories)
            .Where(file => !skipped.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)))];
    }
}
