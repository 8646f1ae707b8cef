using EfSafeMigrate.Projects.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Uses;

/// <summary>Finds the actions of controllers, the mapped paths and the methods of gRPC services.</summary>
internal sealed class Endpoints(CodeCalls calls)
{
    private readonly ApiVersions versions = new(calls);

    public IEnumerable<Endpoint> In(CodeFile file)
    {
        var (root, model) = (file.Tree.GetRoot(), calls.ModelOf(file));
        foreach (var method in root.DescendantNodes().OfType<MethodDeclarationSyntax>())
        {
            if (method.Parent is ClassDeclarationSyntax type && (IsAction(method, type) || IsOfGrpc(method, type)))
            {
                yield return new(
                    $"{type.Identifier.ValueText}.{method.Identifier.ValueText}", file, LineOf(method.Identifier), method, null)
                {
                    IsVersioned = IsController(type) ? ApiVersions.OfAction(method, type, model) : ApiVersions.OfGrpc(type, model),
                };
            }
        }
        foreach (var call in root.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(CodePlaces.IsMapping))
        {
            var given = call.ArgumentList.Arguments.Select(argument => argument.Expression).ToArray();
            var handler = given.FirstOrDefault(each => each is LambdaExpressionSyntax or AnonymousMethodExpressionSyntax);
            yield return new(NameOf(call, given.FirstOrDefault(), model), file, LineOf(call.ArgumentList.OpenParenToken), handler, handler is null ? given.LastOrDefault() : null)
            {
                IsVersioned = versions.OfMapping(call, model),
            };
        }
    }

    private static string NameOf(InvocationExpressionSyntax call, ExpressionSyntax? pattern, SemanticModel model) =>
        $"{KindOfUse.NameOf(call)["Map".Length..].ToUpperInvariant()} {(pattern is null ? "" : model.GetConstantValue(pattern).Value ?? pattern)}".TrimEnd();

    private static int LineOf(SyntaxToken token) => token.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private static bool IsController(ClassDeclarationSyntax type) =>
        CodePlaces.Ends(type, "Controller") || CodePlaces.Attributes(type).Any(attribute => CodePlaces.NameOf(attribute) == "ApiController")
        || CodePlaces.Bases(type).Any(parent => parent.EndsWith("Controller", StringComparison.Ordinal) || parent == "ControllerBase");

    private static bool IsAction(MethodDeclarationSyntax method, ClassDeclarationSyntax type) =>
        IsController(type) && method.Modifiers.Any(SyntaxKind.PublicKeyword) && !method.Modifiers.Any(SyntaxKind.StaticKeyword)
        && !method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => CodePlaces.NameOf(attribute) == "NonAction");

    private static bool IsOfGrpc(MethodDeclarationSyntax method, ClassDeclarationSyntax type) => method.Modifiers.Any(SyntaxKind.OverrideKeyword) && CodePlaces.IsGrpc(type);
}
