using EfSafeMigrate.Projects;
using EfSafeMigrate.Projects.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Uses;

/// <summary>Goes from what uses a column or a table to the public APIs that lead there, through whatever calls it.</summary>
internal sealed class ApiUses
{
    private readonly Dictionary<string, CodeFile> files;
    private readonly CodeCalls calls;
    private readonly ILookup<SyntaxNode, Endpoint> byHandler;

    public ApiUses(UserCode code)
    {
        CodeFile[] read = [.. code.Files.Where(file => !file.Project.IsTest)];
        files = read.ToDictionary(file => file.Tree.FilePath);
        calls = new(read);
        var endpoints = new Endpoints(calls);
        byHandler = OnAllCores.Select(read, file => endpoints.In(file).ToArray()).SelectMany(each => each)
            .SelectMany(endpoint => Handlers(endpoint).Select(handler => (Handler: handler, Endpoint: endpoint))).ToLookup(each => each.Handler, each => each.Endpoint);
    }

    /// <summary>Those that say no version.</summary>
    public IReadOnlyList<ApiUse> UnversionedOf(CodeUses uses)
    {
        var reached = new Dictionary<(string File, int Position), IReadOnlyList<Endpoint>>();
        List<ApiUse> found = [];
        foreach (var use in uses.All.Where(use => !use.Touched.IsWider && use.Place is not (CodePlace.Test or CodePlace.Configuration)))
        {
            if (!reached.TryGetValue((use.File, use.Position), out var endpoints))
            {
                reached[(use.File, use.Position)] = endpoints = [.. From(use).Distinct()];
            }
            found.AddRange(endpoints.Where(endpoint => !endpoint.IsVersioned).Select(endpoint => new ApiUse(use.Touched, endpoint)));
        }
        return [.. found.Distinct().OrderBy(each => each.Endpoint.Code.Tree.FilePath, StringComparer.Ordinal).ThenBy(each => each.Endpoint.Line)];
    }

    private IEnumerable<Endpoint> From(CodeUse use)
    {
        if (files.GetValueOrDefault(use.File) is not { } file)
        {
            yield break;
        }
        var start = file.Tree.GetRoot().FindToken(use.Position).Parent;
        var seen = new HashSet<SyntaxNode>();
        var left = new Stack<(CodeFile File, SyntaxNode Node)>(start is null ? [] : [(file, start)]);
        while (left.TryPop(out var at))
        {
            foreach (var around in at.Node.AncestorsAndSelf().Where(IsCode))
            {
                if (!seen.Add(around))
                {
                    break;
                }
                var answered = byHandler[around].ToArray();
                foreach (var endpoint in answered)
                {
                    yield return endpoint;
                }
                if (answered.Length == 0 && around is MemberDeclarationSyntax or LocalFunctionStatementSyntax && calls.ModelOf(at.File).GetDeclaredSymbol(around) is { } member)
                {
                    foreach (var call in calls.To(member))
                    {
                        left.Push((call.Code, call.Node));
                    }
                }
                if (answered.Length > 0 || around is MemberDeclarationSyntax)
                {
                    break;
                }
            }
        }
    }

    /// <summary>The lambda itself, or the methods that are given by name.</summary>
    private IEnumerable<SyntaxNode> Handlers(Endpoint endpoint)
    {
        if (endpoint.Handler is { } handler)
        {
            return [handler];
        }
        if (endpoint.Calls is not { } named)
        {
            return [];
        }
        var found = calls.ModelOf(endpoint.Code).GetSymbolInfo(named);
        return (found.Symbol is { } one ? [one] : found.CandidateSymbols).SelectMany(symbol => symbol.DeclaringSyntaxReferences).Select(reference => reference.GetSyntax());
    }

    private static bool IsCode(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or LocalFunctionStatementSyntax or LambdaExpressionSyntax or AnonymousMethodExpressionSyntax;
}
