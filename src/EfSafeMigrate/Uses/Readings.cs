using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Uses;

/// <summary>What a member is read from, or written to.</summary>
internal static class Readings
{
    /// <summary><c>order</c> of <c>order.Note</c> and <c>order?.Note</c>.</summary>
    public static ExpressionSyntax? ReceiverOf(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax member when member.Name == name => member.Expression,
        MemberBindingExpressionSyntax binding => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>(around => around.WhenNotNull.Span.Contains(name.Span) && !around.Expression.Span.Contains(name.Span))?.Expression,
        _ => null,
    };

    /// <summary>What a new object is assigned to inside another's initialiser: <c>ShipTo = new() { Street = … }</c>.</summary>
    public static ExpressionSyntax? InitializedOf(SimpleNameSyntax name) =>
        name.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { Parent: var created } } && created?.Parent is AssignmentExpressionSyntax outer && outer.Right == created ? outer.Left
        : name.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { Parent: AssignmentExpressionSyntax nested } } ? nested.Left
        : null;

    /// <summary>Null where nobody can tell.</summary>
    public static ITypeSymbol? TypeRead(SimpleNameSyntax name, SemanticModel model)
    {
        if (ReceiverOf(name) is { } receiver)
        {
            return Bare(model.GetTypeInfo(receiver).Type) ?? model.GetSymbolInfo(receiver).Symbol as ITypeSymbol;
        }
        return name.Parent switch
        {
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { Parent: AssignmentExpressionSyntax nested } } => model.GetTypeInfo(nested.Left).Type,
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { Parent: WithExpressionSyntax with } } => model.GetTypeInfo(with).Type,
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { Parent: ExpressionSyntax created } } => model.GetTypeInfo(created).Type,
            NameColonSyntax { Parent: SubpatternSyntax { Parent.Parent: PatternSyntax pattern } } => PatternType(pattern, model),
            MemberAccessExpressionSyntax when name.FirstAncestorOrSelf<ExpressionColonSyntax>() is { Parent.Parent.Parent: PatternSyntax pattern } => PatternType(pattern, model),
            _ => name.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type ? model.GetDeclaredSymbol(type) : null,
        };
    }

    private static ITypeSymbol? PatternType(PatternSyntax pattern, SemanticModel model) => Bare(model.GetTypeInfo(pattern).ConvertedType ?? model.GetTypeInfo(pattern).Type);

    private static ITypeSymbol? Bare(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
}
