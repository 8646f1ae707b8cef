using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects;

/// <summary>Finds a call of <c>Migrate()</c> in the solution: such an application would run a contract at its next start.</summary>
internal static class StartupMigration
{
    private static readonly string[] Calls = ["Migrate", "MigrateAsync"];

    /// <returns>File and line of the first call, or null.</returns>
    public static (string File, int Line)? Find(string projectDirectory)
    {
        var root = SolutionFolder(projectDirectory);
        foreach (var file in SourceFiles.Under(root))
        {
            var text = File.ReadAllText(file);
            if (!text.Contains(".Migrate", StringComparison.Ordinal))
            {
                continue;
            }
            var call = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<MemberAccessExpressionSyntax>()
                .FirstOrDefault(access => access.Parent is InvocationExpressionSyntax && Calls.Contains(access.Name.Identifier.Text)
                    && access.Expression.ToString().EndsWith("Database", StringComparison.Ordinal));
            if (call is not null)
            {
                return (Path.GetRelativePath(root, file).Replace('\\', '/'), call.GetLocation().GetLineSpan().StartLinePosition.Line + 1);
            }
        }
        return null;
    }

    /// <summary>The nearest folder above that holds a solution, at most three up; else the project's own.</summary>
    private static string SolutionFolder(string directory)
    {
        var at = directory;
        for (var up = 0; up < 4 && at is not null; up++, at = Path.GetDirectoryName(at))
        {
            if (Directory.EnumerateFiles(at, "*.sln*").Any())
            {
                return at;
            }
        }
        return directory;
    }
}
