using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Uses;

/// <summary>The sets of entities that contexts declare, by the simple names of the entities.</summary>
internal sealed class SetNames(ILookup<string, string> sets)
{
    private static readonly string[] Reshaping = ["Select", "SelectMany", "GroupBy", "Join", "GroupJoin", "Zip", "Cast", "OfType"];

    public static IEnumerable<(string Entity, string Set)> In(SyntaxNode root) =>
        from property in root.DescendantNodes().OfType<PropertyDeclarationSyntax>()
        let type = (property.Type as NullableTypeSyntax)?.ElementType ?? property.Type
        let generic = type as GenericNameSyntax ?? (type as QualifiedNameSyntax)?.Right as GenericNameSyntax
        where generic is { Identifier.ValueText: "DbSet", TypeArgumentList.Arguments: [_] }
        select (Simple(generic.TypeArgumentList.Arguments[0]), property.Identifier.ValueText);

    public IEnumerable<string> Of(string entity) => sets[entity];

    /// <summary>The parameter of a lambda in a query over such a set, before anything gives its rows another shape.</summary>
    public bool LeadsFrom(IdentifierNameSyntax parameter, string entity)
    {
        var lambda = parameter.Ancestors().OfType<LambdaExpressionSyntax>().FirstOrDefault(each => ParametersOf(each).Contains(parameter.Identifier.ValueText));
        if (lambda?.Parent is not ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } } })
        {
            return false;
        }
        var at = called.Expression;
        while (at is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var method, Expression: var on } })
        {
            if (method is GenericNameSyntax { Identifier.ValueText: "Set", TypeArgumentList.Arguments: [var type] })
            {
                return Simple(type) == entity;
            }
            if (Reshaping.Contains(method.Identifier.ValueText))
            {
                return false;
            }
            at = on;
        }
        return at is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var set } && sets[entity].Contains(set);
    }

    private static IEnumerable<string> ParametersOf(LambdaExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => [simple.Parameter.Identifier.ValueText],
        ParenthesizedLambdaExpressionSyntax several => several.ParameterList.Parameters.Select(each => each.Identifier.ValueText),
        _ => [],
    };

    private static string Simple(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
