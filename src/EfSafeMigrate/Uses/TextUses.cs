using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Uses;

/// <summary>Uses in texts: SQL, and names of properties and tables where EF takes them as text.</summary>
internal sealed partial class TextUses(SemanticModel model, MappedClasses classes, SqlNames sql)
{
    private readonly NamesInText names = new(model, classes);

    public IEnumerable<(SyntaxNode Node, TouchedName Touched, UseKind Kind)> In(SyntaxNode root)
    {
        foreach (var text in root.DescendantNodes().OfType<ExpressionSyntax>().Where(IsWhole))
        {
            var found = names.In(text).ToArray();
            foreach (var use in found.Length > 0 ? found : Sql(text))
            {
                yield return use;
            }
        }
    }

    private static bool IsText(SyntaxNode node) => node is InterpolatedStringExpressionSyntax || node.IsKind(SyntaxKind.StringLiteralExpression);

    /// <summary>A literal, or a sum of texts, that is no part of a larger one.</summary>
    private static bool IsWhole(ExpressionSyntax node) =>
        !node.Parent.IsKind(SyntaxKind.AddExpression) && (IsText(node) || (node.IsKind(SyntaxKind.AddExpression) && node.DescendantNodes().Any(IsText)))
        && !node.Ancestors().TakeWhile(each => each is ExpressionSyntax).Any(each => each.IsKind(SyntaxKind.AddExpression));

    private IEnumerable<(SyntaxNode, TouchedName, UseKind)> Sql(ExpressionSyntax text)
    {
        if (TextSink.Of(text) is var sink && sink == Sink.Words || !MayHold(text))
        {
            return [];
        }
        var composed = TextOf(text);
        var isPart = sink == Sink.Part || (sink == Sink.Unknown && composed.TrimStart().StartsWith('?'));
        var found = isPart ? Clause().IsMatch(composed) ? sql.In(composed, Around(text)) : []
            : sink == Sink.Expression ? sql.In(composed, names.TableAround(text) is { } table ? [new(table, null)] : [])
            : sink == Sink.Statement || sql.IsStatement(composed) ? sql.In(composed)
            : [];
        return found.Select(touched => ((SyntaxNode)text, touched, UseKind.Sql));
    }

    /// <summary>A constant inside may name the table.</summary>
    private bool MayHold(ExpressionSyntax text) =>
        text.DescendantNodesAndSelf().Any(node => node is InterpolationSyntax || (node is LiteralExpressionSyntax literal && sql.MayHold(literal.Token.ValueText)) || (node is InterpolatedStringTextSyntax part && sql.MayHold(part.TextToken.ValueText)))
        || text.IsKind(SyntaxKind.AddExpression);

    /// <summary>The text with a question mark for what is known only when it runs.</summary>
    private string TextOf(ExpressionSyntax text)
    {
        if (text is LiteralExpressionSyntax { Token.Value: string literal })
        {
            return literal;
        }
        if (model.GetConstantValue(text) is { HasValue: true, Value: string constant })
        {
            return constant;
        }
        return text switch
        {
            BinaryExpressionSyntax sum => TextOf(sum.Left) + TextOf(sum.Right),
            ParenthesizedExpressionSyntax inner => TextOf(inner.Expression),
            ConditionalExpressionSyntax either => $"{TextOf(either.WhenTrue)} {TextOf(either.WhenFalse)}",
            InterpolatedStringExpressionSyntax interpolated => string.Concat(interpolated.Contents.Select(part => part switch
            {
                InterpolatedStringTextSyntax plain => plain.TextToken.ValueText,
                InterpolationSyntax hole => TextOf(hole.Expression),
                _ => "",
            })),
            _ => "?",
        };
    }

    /// <summary>The tables of the statements that the same method holds, for what is appended to one.</summary>
    private IReadOnlyList<SqlSource> Around(ExpressionSyntax part) => part.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member ? []
        : [.. member.DescendantNodes().OfType<ExpressionSyntax>().Where(node => node != part && IsWhole(node)).Select(TextOf).Where(sql.IsStatement).SelectMany(sql.SourcesOf)];

    /// <summary>What is added to a statement, and not a word of a sentence.</summary>
    [GeneratedRegex("""\b(?:SELECT|FROM|JOIN|WHERE|AND|OR|ORDER\s+BY|GROUP\s+BY|HAVING|SET|VALUES|RETURNING)\b|^\s*,|["\[`]\w""")]
    private static partial Regex Clause();
}
