using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary>A class with all its parts that are known.</summary>
internal sealed record SourceClass(string Name, IReadOnlyList<TypeDeclarationSyntax> Parts)
{
    /// <summary>The class it derives from, without namespace and type arguments.</summary>
    public string? Base => Parts.Select(part => part.BaseList?.Types.FirstOrDefault()?.Type).OfType<TypeSyntax>().Select(NameOf).FirstOrDefault(name => !(name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1])));

    public MethodDeclarationSyntax? Method(string name, int arguments) => Candidates(name, arguments) is [var first, ..] ? first : null;

    /// <summary>Those that C# chooses among by the types of their parameters, which nobody knows here: mostly one.</summary>
    public IReadOnlyList<MethodDeclarationSyntax> Candidates(string name, int arguments)
    {
        var all = Methods(name).Where(method => Takes(method, arguments)).ToArray();
        var written = all.Where(method => method.Body is not null || method.ExpressionBody is not null).ToArray();
        var among = written.Length > 0 ? written : all;
        var exact = among.Where(method => method.ParameterList.Parameters.Count == arguments).ToArray();
        return exact.Length > 0 ? exact : among;
    }

    public bool Overrides(string property) => Parts.SelectMany(part => part.Members).OfType<PropertyDeclarationSyntax>()
        .Any(member => member.Identifier.ValueText == property && member.Modifiers.Any(SyntaxKind.OverrideKeyword));

    public IEnumerable<MethodDeclarationSyntax> Methods(string name) =>
        from part in Parts from member in part.Members where member is MethodDeclarationSyntax method && method.Identifier.ValueText == name select (MethodDeclarationSyntax)member;

    /// <summary>The value of a constant, of a field that nothing but its initializer sets, or of a property that only answers.</summary>
    public (bool Found, ExpressionSyntax? Value) Member(string name)
    {
        foreach (var member in Parts.SelectMany(part => part.Members))
        {
            switch (member)
            {
                case FieldDeclarationSyntax field when field.Declaration.Variables.FirstOrDefault(variable => variable.Identifier.ValueText == name) is { } variable:
                    return (true, field.Modifiers.Any(SyntaxKind.ConstKeyword) || (field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword) && !IsConstructed(name)) ? variable.Initializer?.Value : null);
                case PropertyDeclarationSyntax property when property.Identifier.ValueText == name:
                    return (true, property.ExpressionBody?.Expression
                        ?? (property.AccessorList?.Accessors is [{ RawKind: (int)SyntaxKind.GetAccessorDeclaration } getter] ? getter.ExpressionBody?.Expression ?? (IsConstructed(name) ? null : property.Initializer?.Value) : null));
                default:
                    continue;
            }
        }
        return (false, null);
    }

    /// <summary>A constructor may give it another value than its initializer.</summary>
    private bool IsConstructed(string name) => Parts.SelectMany(part => part.Members).OfType<ConstructorDeclarationSyntax>()
        .SelectMany(constructor => constructor.DescendantNodes()).OfType<AssignmentExpressionSyntax>()
        .Any(assignment => assignment.Left.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(each => each.Identifier.ValueText == name));

    public static bool Takes(MethodDeclarationSyntax method, int arguments) =>
        (method.ParameterList.Parameters.Count >= arguments || method.ParameterList.Parameters.LastOrDefault()?.Modifiers.Any(SyntaxKind.ParamsKeyword) == true)
        && method.ParameterList.Parameters.Count(parameter => parameter.Default is null && !parameter.Modifiers.Any(SyntaxKind.ParamsKeyword)) <= arguments;

    public static string NameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => NameOf(qualified.Right),
        AliasQualifiedNameSyntax alias => NameOf(alias.Name),
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        NullableTypeSyntax nullable => NameOf(nullable.ElementType),
        _ => type.ToString(),
    };
}
