using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace EfSafeMigrate.Uses;

/// <summary>Uses of a record's properties by their place alone: what is passed to its constructor, and what it is taken apart into.</summary>
internal sealed class RecordUses(SemanticModel model, MappedClasses classes)
{
    private readonly PropertyTarget[] targets = [.. classes.Properties.SelectMany(each => each).Where(target => target is { Holder.IsRecord: true, Property: not null })];

    public IEnumerable<(SyntaxNode Node, TouchedName Touched, UseKind Kind)> In(SyntaxNode root) => targets.Length == 0 ? [] : root.DescendantNodes().SelectMany(node => node switch
    {
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } created => Passed(created, arguments),
        AssignmentExpressionSyntax { Left: DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax parts } } assignment =>
            TakenApart(model.GetDeconstructionInfo(assignment).Method, [.. parts.Variables], part => part is not DiscardDesignationSyntax),
        AssignmentExpressionSyntax { Left: TupleExpressionSyntax tuple } assignment =>
            TakenApart(model.GetDeconstructionInfo(assignment).Method, [.. tuple.Arguments], part => part.ToString() is not ("_" or "var _")),
        RecursivePatternSyntax { PositionalPatternClause.Subpatterns: { Count: > 0 } parts } pattern =>
            TakenApart((model.GetOperation(pattern) as IRecursivePatternOperation)?.DeconstructSymbol as IMethodSymbol, [.. parts], part => part is not SubpatternSyntax { Pattern: DiscardPatternSyntax }),
        _ => [],
    });

    private IEnumerable<(SyntaxNode, TouchedName, UseKind)> Passed(BaseObjectCreationExpressionSyntax created, SeparatedSyntaxList<ArgumentSyntax> arguments)
    {
        if ((created is ObjectCreationExpressionSyntax named && !targets.Any(target => named.Type.ToString().EndsWith(target.Holder.Name, StringComparison.Ordinal))) || model.GetSymbolInfo(created).Symbol is not IMethodSymbol constructor)
        {
            return [];
        }
        return arguments.Take(constructor.Parameters.Length).SelectMany((argument, at) => argument.NameColon is null ? Of(constructor, constructor.Parameters[at], argument, UseKind.Write) : []);
    }

    private IEnumerable<(SyntaxNode, TouchedName, UseKind)> TakenApart(IMethodSymbol? method, IReadOnlyList<SyntaxNode> parts, Func<SyntaxNode, bool> isTaken) =>
        method is null ? [] : parts.Take(method.Parameters.Length).SelectMany((part, at) => isTaken(part) ? Of(method, method.Parameters[at], part, UseKind.Read) : []);

    private IEnumerable<(SyntaxNode, TouchedName, UseKind)> Of(IMethodSymbol method, IParameterSymbol parameter, SyntaxNode node, UseKind kind) =>
        from target in targets
        where target.Name == parameter.Name && method.ContainingType.DerivesFrom(target.Holder)
        select (node, target.Touched, kind);
}
