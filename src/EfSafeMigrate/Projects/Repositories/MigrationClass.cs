using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Repositories;

/// <summary>The class with a migration's <c>Up</c>, as C# reads it: layout, comments, usings, the namespace and attributes are not part of it.</summary>
internal sealed class MigrationClass
{
    private static readonly string[] Others = ["BuildTargetModel"];

    private readonly ClassDeclarationSyntax declaration;
    private readonly string text;

    private MigrationClass(ClassDeclarationSyntax declaration, string text)
    {
        this.declaration = declaration;
        this.text = text;
    }

    public int Line => LineOf(declaration.Identifier);

    /// <summary>Its whole content, one space between the words.</summary>
    public string Content => string.Join(' ', Members().SelectMany(member => Words(member)));

    public static MigrationClass? Of(string text, string name)
    {
        var classes = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes(node => node is not MemberDeclarationSyntax or BaseNamespaceDeclarationSyntax or ClassDeclarationSyntax)
            .OfType<ClassDeclarationSyntax>().ToArray();
        var declaration = Array.Find(classes, each => each.Identifier.Text == name && Method(each, "Up") is not null)
            ?? Array.Find(classes, each => Method(each, "Up") is not null);
        return declaration is null ? null : new(declaration, text);
    }

    /// <summary>The first member that another version has otherwise, and the line where they part; null when the two do the same.</summary>
    public (string Member, int Line)? DifferenceFrom(MigrationClass other)
    {
        if (text == other.text)
        {
            return null;
        }
        // Up first: what else differs is of less account.
        string[] names = ["Up", .. Names().Concat(other.Names()).Where(name => name is not ("Up" or "Down")).Distinct(), "Down"];
        foreach (var name in names)
        {
            var mine = TokensOf(name);
            var theirs = other.TokensOf(name);
            var same = mine.Zip(theirs).TakeWhile(pair => Word(pair.First) == Word(pair.Second)).Count();
            if (same < Math.Max(mine.Length, theirs.Length))
            {
                return (name, mine.Length == 0 ? Line : LineOf(mine[Math.Min(same, mine.Length - 1)]));
            }
        }
        return null;
    }

    /// <summary>True when it calls something on its builder.</summary>
    public bool ChangesSomething => Method(declaration, "Up") is { } up && Body(up).OfType<InvocationExpressionSyntax>().Any();

    /// <summary>The line of a <c>Down</c> that does nothing and does not say why; of the class where there is none.</summary>
    public (bool Empty, int Line)? LacksDown => Method(declaration, "Down") switch
    {
        null => (false, Line),
        { Body: { Statements.Count: 0 } body } down when !body.DescendantTrivia().Any(IsComment) => (true, LineOf(down.Identifier)),
        _ => null,
    };

    /// <summary>Every text in the class: the names of tables and columns, and SQL.</summary>
    public IEnumerable<string> Texts() => declaration.DescendantTokens()
        .Where(token => token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedStringTextToken)
        .Select(token => token.ValueText);

    private static bool IsComment(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    private static IEnumerable<SyntaxNode> Body(MethodDeclarationSyntax method) => ((SyntaxNode?)method.Body ?? method.ExpressionBody)?.DescendantNodes() ?? [];

    private static MethodDeclarationSyntax? Method(ClassDeclarationSyntax declaration, string name) =>
        declaration.Members.OfType<MethodDeclarationSyntax>().FirstOrDefault(method => method.Identifier.Text == name && method.ParameterList.Parameters.Count == 1);

    private IEnumerable<MemberDeclarationSyntax> Members() => declaration.Members.Where(member => !Others.Contains(NameOf(member)));

    private IEnumerable<string> Names() => Members().Select(NameOf);

    private SyntaxToken[] TokensOf(string name) => [.. Members().Where(member => NameOf(member) == name).SelectMany(member => member.DescendantTokens())];

    private static IEnumerable<string> Words(SyntaxNode node) => node.DescendantTokens().Select(Word);

    private static string Word(SyntaxToken token) => token.Text.ReplaceLineEndings("\n");

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        _ => member.Kind().ToString(),
    };

    private static int LineOf(SyntaxToken token) => token.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
