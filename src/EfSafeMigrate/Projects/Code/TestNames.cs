using System.Collections.Frozen;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Code;

/// <summary>What the tests of a solution are called, and the migrations that they name.</summary>
internal sealed class TestNames
{
    private readonly IReadOnlyList<string> titles;
    private readonly FrozenSet<string> said;

    /// <param name="tests">Projects of tests.</param>
    public TestNames(IEnumerable<CodeProject> tests)
    {
        string[] files = [.. tests.SelectMany(project => SourceFiles.OfProject(project.Directory)).Distinct()];
        var roots = OnAllCores.Select(files, file => CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot());
        titles = [.. files.Select(Path.GetFileNameWithoutExtension).OfType<string>(), .. roots.SelectMany(root => root.DescendantNodes().OfType<TypeDeclarationSyntax>()).Select(type => type.Identifier.ValueText)];
        said = roots.SelectMany(SaidIn).ToFrozenSet();
    }

    /// <param name="id">Of the migration, with its timestamp.</param>
    public bool Knows(string id, string name) => said.Contains(id) || said.Contains(name) || titles.Any(title => Holds(title, name));

    /// <summary>Texts, and classes that are named as such: a word that stands for something else names no migration.</summary>
    private static IEnumerable<string> SaidIn(SyntaxNode root) => root.DescendantNodes().SelectMany(node => node switch
    {
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) => [literal.Token.ValueText],
        TypeOfExpressionSyntax { Type: var type } => Simple(type),
        ObjectCreationExpressionSyntax { Type: var type } => Simple(type),
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" }, ArgumentList.Arguments: [{ Expression: var named }] } => [$"{named}".Split('.')[^1]],
        _ => Array.Empty<string>(),
    });

    private static string[] Simple(TypeSyntax type) => [$"{type}".Split('.')[^1]];

    /// <summary><c>AddTierTests</c> and <c>Test_AddTier</c>, not <c>AddTiers</c>.</summary>
    private static bool Holds(string title, string name)
    {
        for (var at = title.IndexOf(name, StringComparison.Ordinal); at >= 0; at = title.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            var end = at + name.Length;
            if ((end == title.Length || !char.IsLower(title[end])) && (at == 0 || !char.IsLetter(title[at - 1]) || char.IsUpper(name[0])))
            {
                return true;
            }
        }
        return false;
    }
}
