using System.Text.Json;
using EfSafeMigrate.Engines;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary>A migration's <c>Up</c> as operations, before anybody knows the schema.</summary>
internal sealed record ReadMigration(SourceMigration Migration, IReadOnlyList<OperationNode> Nodes, IReadOnlyList<JsonElement> Operations, SourcePlaces Places, string? NoWayBack)
{
    public static ReadMigration Of(SourceMigration migration, SourceClasses classes, ProviderForms forms, string provider)
    {
        var nodes = UpOf(migration, classes, provider, out var type);
        return new(
            migration, nodes, [.. nodes.Select(node => OperationJson.Of(node, forms))], PlacesOf(migration, nodes, type),
            nodes.Count == 0 || type is null ? null : WithoutWayBack(migration, classes, provider, type));
    }

    private static IReadOnlyList<OperationNode> UpOf(SourceMigration migration, SourceClasses classes, string provider, out SourceClass? type)
    {
        type = classes.Find(migration.Class, migration.File);
        if (type is null && classes.Root(migration.File) is { } root)
        {
            return [OperationNode.NotRead("Up", migration.Class, "`#if` leaves its class out, and another build may have it", root.GetFirstToken(includeZeroWidth: true))];
        }
        if (type is null || MethodOf(type, "Up", classes) is not var (method, holder))
        {
            return type?.Parts[0].Identifier is { } at ? [OperationNode.NotRead("Up", migration.Class, "no method `Up` is in the project", at)] : [];
        }
        var run = SourceRun.Of(classes, migration.File, provider, method, holder, type);
        foreach (var part in type.Parts)
        {
            run.SayLeftOut(part, IsMember);
        }
        return run.Thrown is null ? run.Operations : [.. run.Operations, OperationNode.NotRead("Up", "Up", $"it throws {run.Thrown}", method.Identifier)];
    }

    /// <summary>Between the methods, not in one of them.</summary>
    private static bool IsMember(SyntaxTrivia trivia) => trivia.Token.Parent?.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>() is not { } method || trivia.SpanStart < method.SpanStart;

    /// <summary>A method of the class, or of one it derives from.</summary>
    public static (MethodDeclarationSyntax Method, SourceClass Class)? MethodOf(SourceClass type, string name, SourceClasses classes)
    {
        var at = type;
        for (var up = 0; at is not null && up < 8; up++)
        {
            if (at.Candidates(name, 1) is [_, ..] all && (all.FirstOrDefault(each => each.Modifiers.Any(SyntaxKind.OverrideKeyword)) ?? all[0]) is var method)
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
        var run = SourceRun.Of(classes, migration.File, provider, method, holder, type);
        return run.Thrown is { } thrown ? $"its Down throws {thrown}" : run.Operations.Count == 0 ? "its Down is empty" : null;
    }

    /// <summary>True for what EF writes: nobody has to follow it.</summary>
    private static bool CallsTheBuilder(MethodDeclarationSyntax method) =>
        method.Body is { } body && method.ParameterList.Parameters is [var builder]
        && body.Statements.All(statement => statement is ExpressionStatementSyntax)
        && body.Statements.Any(statement => statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name } } } && name.Identifier.ValueText == builder.Identifier.ValueText);

    private static SourcePlaces PlacesOf(SourceMigration migration, IReadOnlyList<OperationNode> nodes, SourceClass? type) => new(
        migration.File,
        [.. nodes.Select(PlaceOf)],
        type?.Parts.FirstOrDefault(part => part.SyntaxTree.FilePath == migration.File) is { } part
            ? CommentWaivers.OfFile(part.SyntaxTree.GetRoot(), part, nodes.SelectMany(node => node.Sites), migration.File) : []);

    /// <summary>What is accepted of a call is accepted of all that it leads to.</summary>
    private static SourcePlace PlaceOf(OperationNode node)
    {
        var span = node.At.GetLocation().GetLineSpan();
        return new(span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, [.. node.Sites.SelectMany(site => CommentWaivers.Above(site, site.SyntaxTree.FilePath)).Distinct()]) { File = span.Path };
    }
}
