using System.Collections.Frozen;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Uses;

/// <summary>What code does with a name, by what stands around it.</summary>
internal static class KindOfUse
{
    private static readonly FrozenSet<string> Mappers = Words("MapFrom ForMember ForPath ForCtorParam Map Adapt");
    private static readonly FrozenSet<string> Projections = Words("Select SelectMany ProjectTo");
    private static readonly FrozenSet<string> Setters = Words("SetProperty Add AddAsync AddRange AddRangeAsync Update UpdateRange Remove RemoveRange Attach AttachRange ExecuteDelete ExecuteDeleteAsync");
    private static readonly FrozenSet<string> Queries = Words(
        "Where OrderBy OrderByDescending ThenBy ThenByDescending GroupBy Join GroupJoin Include ThenInclude Any AnyAsync All AllAsync Count CountAsync First FirstAsync FirstOrDefault FirstOrDefaultAsync Single SingleAsync SingleOrDefault SingleOrDefaultAsync Sum SumAsync Min MinAsync Max MaxAsync Average AverageAsync DistinctBy ToDictionary ToDictionaryAsync ToLookup");

    /// <param name="name">The property, or the set of entities.</param>
    public static UseKind Of(SimpleNameSyntax name, SemanticModel model)
    {
        var whole = Whole(name);
        if (IsWritten(whole))
        {
            return UseKind.Write;
        }
        for (SyntaxNode at = whole; at.Parent is { } parent && at is not (StatementSyntax or MemberDeclarationSyntax); at = parent)
        {
            if (Around(at, parent, model) is { } kind)
            {
                return kind;
            }
        }
        return UseKind.Read;
    }

    /// <summary><c>order.Note</c> for <c>Note</c>.</summary>
    private static ExpressionSyntax Whole(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax member when member.Name == name => member,
        MemberBindingExpressionSyntax binding => binding,
        _ => name,
    };

    private static bool IsWritten(ExpressionSyntax whole) => whole.Parent switch
    {
        NameColonSyntax { Parent: ArgumentSyntax } => true,
        AssignmentExpressionSyntax assignment => assignment.Left == whole,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => true,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => true,
        ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword or (int)SyntaxKind.RefKeyword } => true,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax, Name.Identifier.ValueText: var method } chained => chained.Expression == whole && Setters.Contains(method),
        _ => false,
    };

    private static UseKind? Around(SyntaxNode at, SyntaxNode parent, SemanticModel model) => parent switch
    {
        AttributeArgumentSyntax => UseKind.Configuration,
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } => UseKind.Configuration,
        AnonymousObjectMemberDeclaratorSyntax => IsKey(parent, model) ? UseKind.Configuration : UseKind.Mapping,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment when assignment.Right == at => UseKind.Mapping,
        SelectClauseSyntax => UseKind.Mapping,
        QueryClauseSyntax or SelectOrGroupClauseSyntax or OrderingSyntax => UseKind.Query,
        ArgumentSyntax { Parent: ArgumentListSyntax { Parent: var called } } => called switch
        {
            InvocationExpressionSyntax call => Called(call, at, model),
            ObjectCreationExpressionSyntax { Type: var type } => type.ToString().EndsWith("Exception", StringComparison.Ordinal) ? UseKind.Read : UseKind.Mapping,
            ImplicitObjectCreationExpressionSyntax => UseKind.Mapping,
            _ => null,
        },
        _ => null,
    };

    private static UseKind? Called(InvocationExpressionSyntax call, SyntaxNode argument, SemanticModel model)
    {
        var method = NameOf(call);
        if (Mappers.Contains(method) && argument is LambdaExpressionSyntax)
        {
            return UseKind.Mapping;
        }
        if (Setters.Contains(method))
        {
            return argument is LambdaExpressionSyntax && method == "SetProperty" && call.ArgumentList.Arguments[0].Expression == argument ? UseKind.Write : null;
        }
        if (argument is not LambdaExpressionSyntax)
        {
            return null;
        }
        var symbol = model.GetSymbolInfo(call).Symbol ?? model.GetSymbolInfo(call).CandidateSymbols.FirstOrDefault();
        return IsBuilder(symbol) ? UseKind.Configuration
            : Projections.Contains(method) ? UseKind.Mapping
            : symbol.IsIn("Microsoft.EntityFrameworkCore.ChangeTracking") ? UseKind.Write
            : Queries.Contains(method) || symbol.IsIn("System.Linq") || symbol.IsIn("Microsoft.EntityFrameworkCore") ? UseKind.Query
            : null;
    }

    /// <summary><c>HasKey(o => new { o.Region, o.Number })</c> projects nothing.</summary>
    private static bool IsKey(SyntaxNode member, SemanticModel model) =>
        member.FirstAncestorOrSelf<LambdaExpressionSyntax>() is { Parent: ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } } } && IsBuilder(model.GetSymbolInfo(call).Symbol);

    private static bool IsBuilder(ISymbol? symbol) =>
        symbol.IsIn("Microsoft.EntityFrameworkCore.Metadata.Builders") || (symbol.IsIn("Microsoft.EntityFrameworkCore") && symbol!.ContainingType?.Name.EndsWith("BuilderExtensions", StringComparison.Ordinal) == true);

    public static string NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax member => member.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };

    private static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet();
}
