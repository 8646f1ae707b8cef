using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects;

/// <summary>Finds the line of each operation in a migration's source.</summary>
internal sealed class SourceLocations(string projectDirectory)
{
    private static readonly string[] BuildFolders = ["bin", "obj"];

    private readonly Lazy<string[]> files = new(() => Files(projectDirectory));

    /// <summary>Loads the C# parser while the application starts: a quarter of a second that nobody waits for then.</summary>
    public static void WarmUp() => Lines(CSharpSyntaxTree.ParseText("class C { void Up(B b) { b.Sql(\"\"); } }"), "C", ["Sql"]);

    /// <summary>File (relative to the project, forward slashes) and one-based lines, one for each operation that was found.</summary>
    public (string? File, IReadOnlyList<int?> Lines) Of(string migration, string? type, IReadOnlyList<string> operations)
    {
        var file = PathOf(migration);
        if (file is null)
        {
            return (null, [.. operations.Select(_ => (int?)null)]);
        }
        var relative = Path.GetRelativePath(projectDirectory, file).Replace('\\', '/');
        return (relative, Lines(CSharpSyntaxTree.ParseText(File.ReadAllText(file)), type?[(type.LastIndexOfAny(['.', '+']) + 1)..], operations));
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

    /// <summary>Calls and operations are paired in order by name; a call in a loop serves every operation that is left.</summary>
    private static int?[] Lines(SyntaxTree tree, string? type, IReadOnlyList<string> operations)
    {
        var up = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Where(method => method.Identifier.Text == "Up")
            .OrderByDescending(method => method.Parent is ClassDeclarationSyntax holder && holder.Identifier.Text == type).FirstOrDefault();
        var builder = up?.ParameterList.Parameters.FirstOrDefault()?.Identifier.Text;
        var calls = up is null ? []
            : up.DescendantNodes().OfType<InvocationExpressionSyntax>()
                .Where(call => call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name } && name.Identifier.Text == builder)
                .Select(call => (Name: NameOf(call), Line: call.GetLocation().GetLineSpan().StartLinePosition.Line + 1))
                .ToArray();
        var lines = new int?[operations.Count];
        var next = 0;
        for (var index = 0; index < operations.Count; index++)
        {
            var at = Array.FindIndex(calls, next, call => call.Name == operations[index]);
            if (at >= 0)
            {
                lines[index] = calls[at].Line;
                next = at + 1;
            }
            else
            {
                lines[index] = calls.Where(call => call.Name == operations[index]).Select(call => (int?)call.Line).LastOrDefault();
            }
        }
        return lines;
    }

    private static string NameOf(InvocationExpressionSyntax call) =>
        ((MemberAccessExpressionSyntax)call.Expression).Name.Identifier.Text;

    private static string[] Files(string directory)
    {
        var skipped = BuildFolders.Select(name => Path.Combine(directory, name) + Path.DirectorySeparatorChar).ToArray();
        return [.. Directory.EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories)
            .Where(file => !skipped.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)))];
    }
}
