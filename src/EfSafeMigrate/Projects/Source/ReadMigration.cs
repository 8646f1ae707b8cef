using System.Text.Json;
using EfSafeMigrate.Engines;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary>A migration's <c>Up</c> as operations, before anybody knows the schema.</summary>
internal sealed record ReadMigration(SourceMigration Migration, IReadOnlyList<OperationNode> Nodes, IReadOnlyList<JsonElement> Operations, IReadOnlyList<(string File, int Line, int Column)> Places, string? NoWayBack)
{
    public static ReadMigration Of(SourceMigration migration, SourceClasses classes, ProviderForms forms, string provider)
    {
        var nodes = UpOf(migration, classes, provider, out var type);
        return new(
            migration, nodes, [.. nodes.Select(node => OperationJson.Of(node, forms))], [.. nodes.Select(PlaceOf)],
            nodes.Count == 0 || type is null ? null : WithoutWayBack(migration, classes, provider, type));
    }

    private static IReadOnlyList<OperationNode> UpOf(SourceMigration migration, SourceClasses classes, string provider, out SourceClass? type)
    {
        type = classes.Find(migration.Class, migration.File);
        if (type is null || MethodOf(type, "Up", classes) is not var (method, holder))
        {
            return type?.Parts[0].Identifier is { } at ? [OperationNode.NotRead("Up", migration.Class, "no method `Up` is in the project", at)] : [];
        }
        var run = SourceRun.Of(classes, migration.File, provider, method, holder);
        return run.Thrown is null ? run.Operations : [.. run.Operations, OperationNode.NotRead("Up", "Up", $"it throws {run.Thrown}", method.Identifier)];
    }

    /// <summary>A method of the class, or of one it derives from.</summary>
    public static (MethodDeclarationSyntax Method, SourceClass Class)? MethodOf(SourceClass type, string name, SourceClasses classes)
    {
        var at = type;
        for (var up = 0; at is not null && up < 8; up++)
        {
            if (at.Method(name, 1) is { } method)
            {
                return (method, at);
            }
            at = at.Base is { } parent && parent != "Migration" ? classes.Find(parent) : null;
        }
        return null;
    }

    private static string? WithoutWayBack(SourceMigration migration, SourceClasses classes, string provider, SourceClass type)
    {
        if (MethodOf(type, "Down", classes) is not var (method, holder))
        {
            // So does the method of EF's that nobody has overridden.
            return "its Down throws NotSupportedException";
        }
        if (CallsTheBuilder(method))
        {
            return null;
        }
        var run = SourceRun.Of(classes, migration.File, provider, method, holder);
        return run.Thrown is { } thrown ? $"its Down throws {thrown}" : run.Operations.Count == 0 ? "its Down is empty" : null;
    }

    /// <summary>True for what EF writes: nobody has to follow it.</summary>
    private static bool CallsTheBuilder(MethodDeclarationSyntax method) =>
        method.Body is { } body && method.ParameterList.Parameters is [var builder]
        && body.Statements.All(statement => statement is ExpressionStatementSyntax)
        && body.Statements.Any(statement => statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name } } } && name.Identifier.ValueText == builder.Identifier.ValueText);

    private static (string File, int Line, int Column) PlaceOf(OperationNode node)
    {
        var span = node.At.GetLocation().GetLineSpan();
        return (span.Path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1);
    }
}
