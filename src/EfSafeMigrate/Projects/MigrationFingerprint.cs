using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects;

/// <summary>
/// Whether a migration still does what it did: a hash of the code that makes its operations, and of the SQL files it names. Comments, layout,
/// <c>Down</c> and the version of EF or of this tool do not count.
/// </summary>
internal static class MigrationFingerprint
{
    private const int Shown = 16;

    /// <param name="projectDirectory">Where SQL files are looked for.</param>
    public static string Of(string source, string projectDirectory)
    {
        var root = CSharpSyntaxTree.ParseText(source).GetRoot();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var tokens = root.DescendantNodes().OfType<TypeDeclarationSyntax>().SelectMany(type => type.Members)
            .Where(member => member is not TypeDeclarationSyntax and not MethodDeclarationSyntax { Identifier.Text: "Down" })
            .SelectMany(member => member.DescendantTokens());
        foreach (var token in tokens)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(token.Text.ReplaceLineEndings("\n") + "\0"));
            if (token.IsKind(SyntaxKind.StringLiteralToken) && token.ValueText.EndsWith(".sql", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var file in Named(token.ValueText, projectDirectory))
                {
                    hash.AppendData(Encoding.UTF8.GetBytes(File.ReadAllText(file).ReplaceLineEndings("\n")));
                }
            }
        }
        return Convert.ToHexString(hash.GetHashAndReset())[..Shown].ToLowerInvariant();
    }

    /// <summary>A path, or the name of an embedded resource, which has points for slashes.</summary>
    private static IEnumerable<string> Named(string literal, string projectDirectory) => Directory.EnumerateFiles(projectDirectory, "*.sql", SearchOption.AllDirectories)
        .Select(file => (File: file, Relative: Path.GetRelativePath(projectDirectory, file).Replace('\\', '/')))
        .Where(each => !each.Relative.StartsWith("bin/", StringComparison.Ordinal) && !each.Relative.StartsWith("obj/", StringComparison.Ordinal))
        .Where(each => each.Relative.EndsWith(literal.Replace('\\', '/').TrimStart('.', '/'), StringComparison.OrdinalIgnoreCase)
            || literal.EndsWith(each.Relative.Replace('/', '.'), StringComparison.OrdinalIgnoreCase))
        .Select(each => each.File).Order(StringComparer.Ordinal);
}
