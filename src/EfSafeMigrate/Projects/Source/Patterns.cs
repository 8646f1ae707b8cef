using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary>Which pattern a value matches.</summary>
internal sealed class Patterns(SourceRun run, Expressions expressions)
{
    /// <summary>Null where nobody can tell.</summary>
    public bool? Matches(PatternSyntax pattern, object? value, Frame frame) => pattern switch
    {
        ConstantPatternSyntax constant => Arithmetic.Same(expressions.Of(constant.Expression, frame), value),
        DiscardPatternSyntax or VarPatternSyntax => true,
        ParenthesizedPatternSyntax inner => Matches(inner.Pattern, value, frame),
        UnaryPatternSyntax not => !Matches(not.Pattern, value, frame),
        BinaryPatternSyntax { RawKind: (int)SyntaxKind.OrPattern } either => Matches(either.Left, value, frame) | Matches(either.Right, value, frame),
        BinaryPatternSyntax both => Matches(both.Left, value, frame) & Matches(both.Right, value, frame),
        _ => null,
    };

    public object? Of(SwitchExpressionSyntax choice, Frame frame)
    {
        var value = expressions.Of(choice.GoverningExpression, frame);
        if (value is Unread)
        {
            return run.NotFollowed(choice, frame, Unread.Computed.Why);
        }
        foreach (var arm in choice.Arms)
        {
            switch (arm.WhenClause is null ? Matches(arm.Pattern, value, frame) : null)
            {
                case true:
                    return expressions.Of(arm.Expression, frame);
                case null:
                    return run.NotFollowed(choice, frame, Unread.Computed.Why);
                default:
                    continue;
            }
        }
        return Unread.Computed;
    }
}
