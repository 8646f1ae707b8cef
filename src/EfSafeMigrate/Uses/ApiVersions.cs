using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Uses;

/// <summary>Tells whether a public API says its version: in its route, in its attributes, or where it is mapped.</summary>
internal sealed partial class ApiVersions(CodeCalls calls)
{
    /// <summary>A group that is handed on so often has come round to itself.</summary>
    private const int Deepest = 12;

    private static readonly string[] OnAction = ["ApiVersion", "MapToApiVersion"];
    private static readonly string[] Mapped = ["HasApiVersion", "HasDeprecatedApiVersion", "MapToApiVersion", "WithApiVersionSet"];
    private static readonly string[] Routes = ["Route", "HttpGet", "HttpPost", "HttpPut", "HttpDelete", "HttpPatch", "HttpHead", "HttpOptions", "AcceptVerbs"];

    /// <summary>Every address of the action says one, or an attribute does.</summary>
    public static bool OfAction(MethodDeclarationSyntax method, ClassDeclarationSyntax type, SemanticModel model)
    {
        var own = method.AttributeLists.SelectMany(list => list.Attributes).ToArray();
        if (own.Concat(CodePlaces.Attributes(type)).Any(attribute => OnAction.Contains(CodePlaces.NameOf(attribute))))
        {
            return true;
        }
        string[] outer = [.. OuterRoutes(model.GetDeclaredSymbol(type))];
        string[] inner = [.. own.Select(attribute => RouteOf(attribute, model)).OfType<string>()];
        string[] whole = inner.Length == 0 ? outer : [.. inner.SelectMany(path => IsWhole(path) || outer.Length == 0 ? [path] : outer.Select(above => $"{above}/{path}"))];
        return whole.Length > 0 && Array.TrueForAll(whole, Says);
    }

    /// <summary>The package that a service is generated of, or its own namespace, ends in a version: <c>shop.v1</c>.</summary>
    public static bool OfGrpc(ClassDeclarationSyntax type, SemanticModel model)
    {
        var bases = type.BaseList?.Types.Select(parent => model.GetTypeInfo(parent.Type).Type?.ToDisplayString() ?? $"{parent.Type}") ?? [];
        return bases.Append(model.GetDeclaredSymbol(type)?.ToDisplayString() ?? "").Any(name => name.Split('.').Any(part => Segment().IsMatch(part)));
    }

    /// <summary>What is mapped says one, what is chained to it does, or the group that it is mapped on.</summary>
    public bool OfMapping(InvocationExpressionSyntax call, SemanticModel model) => IsChained(call) || Says(call, model, Deepest);

    /// <summary><c>.HasApiVersion(1.0)</c> behind it.</summary>
    private static bool IsChained(ExpressionSyntax call)
    {
        for (var at = call; at.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } member && member.Expression == at; at = next)
        {
            if (Mapped.Contains(member.Name.Identifier.ValueText))
            {
                return true;
            }
        }
        return false;
    }

    private bool Says(ExpressionSyntax expression, SemanticModel model, int depth) => depth > 0 && expression switch
    {
        InvocationExpressionSyntax call => Mapped.Contains(KindOfUse.NameOf(call))
            || (call.ArgumentList.Arguments.FirstOrDefault()?.Expression is { } pattern && model.GetConstantValue(pattern).Value is string path && Says(path))
            || (call.Expression is MemberAccessExpressionSyntax member && Says(member.Expression, model, depth - 1)),
        ParenthesizedExpressionSyntax inner => Says(inner.Expression, model, depth),
        IdentifierNameSyntax name => model.GetSymbolInfo(name).Symbol switch
        {
            IParameterSymbol parameter => OfCallers(parameter, depth - 1),
            ILocalSymbol or IFieldSymbol => OfDeclared(model.GetSymbolInfo(name).Symbol!, model, depth - 1),
            _ => false,
        },
        _ => false,
    };

    private bool OfDeclared(ISymbol symbol, SemanticModel model, int depth) =>
        symbol.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<VariableDeclaratorSyntax>()
            .Any(declared => declared.SyntaxTree == model.SyntaxTree && declared.Initializer is { Value: var value } && Says(value, model, depth));

    /// <summary>A method that maps is given the group: whoever calls it has made one with a version.</summary>
    private bool OfCallers(IParameterSymbol parameter, int depth)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol method)
        {
            return false;
        }
        var given = calls.To(method).Select(call => (Value: Given(call.Node, method, parameter), Model: calls.ModelOf(call.Code))).ToArray();
        return given.Length > 0 && Array.TrueForAll(given, each => each.Value is { } value && Says(value, each.Model, depth));
    }

    private static ExpressionSyntax? Given(SyntaxNode name, IMethodSymbol method, IParameterSymbol parameter)
    {
        if (name.AncestorsAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault(call => call.Expression.Span.Contains(name.Span)) is not { } call)
        {
            return null;
        }
        var reduced = method.IsExtensionMethod && call.ArgumentList.Arguments.Count < method.Parameters.Length;
        return reduced && parameter.Ordinal == 0 ? (call.Expression as MemberAccessExpressionSyntax)?.Expression
            : call.ArgumentList.Arguments.ElementAtOrDefault(parameter.Ordinal - (reduced ? 1 : 0))?.Expression;
    }

    /// <summary>A route is inherited, up to the first class that has one.</summary>
    private static IEnumerable<string> OuterRoutes(INamedTypeSymbol? type)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            var found = at.GetAttributes().Where(attribute => attribute.AttributeClass?.Name is "RouteAttribute" or "Route").Select(TemplateOf).OfType<string>().ToArray();
            if (found.Length > 0)
            {
                return found;
            }
        }
        return [];
    }

    private static string? TemplateOf(AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Value: string path }, ..] ? path
        : attribute.ApplicationSyntaxReference?.GetSyntax() is AttributeSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax literal }, ..] } ? literal.Token.ValueText
        : null;

    private static string? RouteOf(AttributeSyntax attribute, SemanticModel model) =>
        Routes.Contains(CodePlaces.NameOf(attribute)) && attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals is null) is { } argument
            ? model.GetConstantValue(argument.Expression).Value as string : null;

    private static bool IsWhole(string path) => path.StartsWith('/') || path.StartsWith("~/", StringComparison.Ordinal);

    private static bool Says(string path) => path.Split('/').Any(part => Segment().IsMatch(part));

    [GeneratedRegex(@"^(?:v\d+(?:[._]\d+)*|v?\{\w+:apiVersion\}|v\{\w+\})$", RegexOptions.IgnoreCase)]
    private static partial Regex Segment();
}
