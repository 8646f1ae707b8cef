using System.Collections.Concurrent;
using System.Collections.Frozen;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Projects.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Uses;

/// <summary>Where methods and properties of the user's code are named.</summary>
internal sealed class CodeCalls
{
    private readonly FrozenDictionary<string, CodeCall[]> named;

    /// <summary>Kept: a model knows what it was asked before.</summary>
    private readonly ConcurrentDictionary<CodeFile, SemanticModel> models = new();

    public CodeCalls(IReadOnlyList<CodeFile> files)
    {
        var found = OnAllCores.Select(files, file => file.Tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
            .Where(name => name.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not null || name.FirstAncestorOrSelf<GlobalStatementSyntax>() is not null)
            .Select(name => (Name: name.Identifier.ValueText, Call: new CodeCall(file, name))).ToArray());
        named = found.SelectMany(each => each).GroupBy(each => each.Name).ToFrozenDictionary(group => group.Key, group => group.Select(each => each.Call).ToArray());
    }

    /// <summary>The names that mean it, or an interface's or a base's member that it stands for.</summary>
    public IEnumerable<CodeCall> To(ISymbol member)
    {
        var meant = Meant(member).Select(each => each.OriginalDefinition.GetDocumentationCommentId()).OfType<string>().ToHashSet();
        return named.GetValueOrDefault(member.Name, []).Where(call => Means(call).Any(symbol => symbol.GetDocumentationCommentId() is { } id && meant.Contains(id)));
    }

    public SemanticModel ModelOf(CodeFile file) => models.GetOrAdd(file, each => each.Compilation.GetSemanticModel(each.Tree));

    private IEnumerable<ISymbol> Means(CodeCall call)
    {
        var found = ModelOf(call.Code).GetSymbolInfo(call.Node);
        IEnumerable<ISymbol> symbols = found.Symbol is { } one ? [one] : found.CandidateSymbols;
        return symbols.Select(symbol => (symbol is IMethodSymbol { ReducedFrom: { } whole } ? whole : symbol).OriginalDefinition);
    }

    private static IEnumerable<ISymbol> Meant(ISymbol member)
    {
        yield return member;
        for (var at = (member as IMethodSymbol)?.OverriddenMethod; at is not null; at = at.OverriddenMethod)
        {
            yield return at;
        }
        foreach (var declared in member.ContainingType?.AllInterfaces.SelectMany(each => each.GetMembers(member.Name)) ?? [])
        {
            if (member.ContainingType!.FindImplementationForInterfaceMember(declared)?.Same(member) == true)
            {
                yield return declared;
            }
        }
    }
}

/// <summary>A name in code.</summary>
internal sealed record CodeCall(CodeFile Code, SyntaxNode Node);
