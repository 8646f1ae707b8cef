using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary>What an expression is worth, without running it.</summary>
internal sealed class Expressions
{
    private readonly SourceRun run;
    private readonly Calls calls;
    private readonly Names names;
    private readonly Lists lists;
    private readonly Patterns patterns;

    public Expressions(SourceRun run)
    {
        this.run = run;
        names = new(run, this);
        calls = new(run, this);
        lists = new(this);
        patterns = new(run, this);
    }

    public Patterns Patterns => patterns;

    public object? Of(ExpressionSyntax? expression, Frame frame)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (expression)
        {
            case null:
                return null;
            case LiteralExpressionSyntax literal:
                return literal.Token.Value;
            case IdentifierNameSyntax name:
                return names.Of(name, frame);
            case MemberAccessExpressionSyntax member:
                return names.Of(member, frame);
            case InvocationExpressionSyntax call:
                return calls.Of(call, frame);
            case ParenthesizedExpressionSyntax inner:
                return Of(inner.Expression, frame);
            case InterpolatedStringExpressionSyntax text:
                return Interpolated(text, frame);
            case BinaryExpressionSyntax binary:
                return Binary(binary, frame);
            case PrefixUnaryExpressionSyntax unary:
                return unary.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression
                    ? Counted(unary.Operand, unary.Kind() == SyntaxKind.PreIncrementExpression, frame)
                    : Arithmetic.Unary(unary.Kind(), Of(unary.Operand, frame));
            case PostfixUnaryExpressionSyntax postfix:
                return Postfix(postfix, frame);
            case ConditionalExpressionSyntax choice:
                return Of(choice.Condition, frame) switch { true => Of(choice.WhenTrue, frame), false => Of(choice.WhenFalse, frame), _ => run.NotFollowed(choice, frame, Unread.Computed.Why) };
            case CastExpressionSyntax cast:
                return Arithmetic.Cast(SourceClass.NameOf(cast.Type), Of(cast.Expression, frame));
            case AssignmentExpressionSyntax assignment:
                return Assignment(assignment, frame);
            case ArrayCreationExpressionSyntax array:
                return array.Initializer is { } given ? lists.Of(given, frame) : lists.Sized(array, frame);
            case ImplicitArrayCreationExpressionSyntax array:
                return lists.Of(array.Initializer, frame);
            case InitializerExpressionSyntax initializer:
                return lists.Of(initializer, frame);
            case CollectionExpressionSyntax collection:
                return lists.Of(collection, frame);
            case BaseObjectCreationExpressionSyntax created:
                return calls.New(created, frame);
            case TypeOfExpressionSyntax type:
                return new TypeName(SourceClass.NameOf(type.Type));
            case PredefinedTypeSyntax type:
                return new TypeName(type.ToString());
            case DefaultExpressionSyntax:
                return null;
            case CheckedExpressionSyntax inner:
                return Of(inner.Expression, frame);
            case ElementAccessExpressionSyntax element:
                return Element(element, frame);
            case ConditionalAccessExpressionSyntax access:
                return run.NotFollowed(access, frame, Unread.Computed.Why);
            case IsPatternExpressionSyntax test:
                return Of(test.Expression, frame) is not Unread and var tested && patterns.Matches(test.Pattern, tested, frame) is { } matches ? matches : Unread.Computed;
            case SwitchExpressionSyntax choice:
                return patterns.Of(choice, frame);
            case LambdaExpressionSyntax lambda:
                return LambdaOf(lambda, frame);
            case AnonymousMethodExpressionSyntax method:
                return new Function("delegate", [.. method.ParameterList?.Parameters.Select(parameter => parameter.Identifier.ValueText) ?? []], [], method.Block, frame, frame.Class);
            case ThisExpressionSyntax or BaseExpressionSyntax:
                return new TypeName(frame.Class.Name);
            case AwaitExpressionSyntax awaited:
                return Of(awaited.Expression, frame);
            case ThrowExpressionSyntax thrown:
                run.Thrown ??= thrown.Expression is ObjectCreationExpressionSyntax exception ? SourceClass.NameOf(exception.Type) : "an exception";
                return Unread.Computed;
            default:
                return run.NotFollowed(expression, frame, Unread.Computed.Why);
        }
    }

    private static Function LambdaOf(LambdaExpressionSyntax lambda, Frame frame) => new(
        "lambda",
        lambda switch
        {
            SimpleLambdaExpressionSyntax simple => [simple.Parameter.Identifier.ValueText],
            ParenthesizedLambdaExpressionSyntax several => [.. several.ParameterList.Parameters.Select(parameter => parameter.Identifier.ValueText)],
            _ => [],
        },
        [], (CSharpSyntaxNode?)lambda.Block ?? lambda.ExpressionBody!, frame, frame.Class);

    private object Interpolated(InterpolatedStringExpressionSyntax text, Frame frame)
    {
        var whole = new System.Text.StringBuilder();
        foreach (var part in text.Contents)
        {
            switch (part)
            {
                case InterpolatedStringTextSyntax constant:
                    whole.Append(constant.TextToken.ValueText);
                    break;
                case InterpolationSyntax { AlignmentClause: null } hole when Of(hole.Expression, frame) is var value and not Unread && Arithmetic.Text(value, hole.FormatClause?.FormatStringToken.ValueText) is { } filled:
                    whole.Append(filled);
                    break;
                default:
                    return Unread.Computed;
            }
        }
        return whole.ToString();
    }

    // A long text is often a long chain of plus signs: its left spine is walked, not descended.
    private object? Binary(BinaryExpressionSyntax binary, Frame frame)
    {
        if (!binary.IsKind(SyntaxKind.AddExpression))
        {
            return Short(binary, frame) ?? Arithmetic.Binary(binary.Kind(), Of(binary.Left, frame), Of(binary.Right, frame));
        }
        var right = new Stack<ExpressionSyntax>();
        ExpressionSyntax first = binary;
        while (first is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum)
        {
            right.Push(sum.Right);
            first = sum.Left;
        }
        var value = Of(first, frame);
        return right.Aggregate(value, (sum, next) => Arithmetic.Binary(SyntaxKind.AddExpression, sum, Of(next, frame)));
    }

    /// <summary>Null when both sides have a say.</summary>
    private object? Short(BinaryExpressionSyntax binary, Frame frame) => binary.Kind() switch
    {
        SyntaxKind.LogicalAndExpression => Of(binary.Left, frame) switch
        {
            false => false,
            true => Of(binary.Right, frame),
            _ => Of(binary.Right, frame) is false ? false : Unread.Computed,
        },
        SyntaxKind.LogicalOrExpression => Of(binary.Left, frame) switch
        {
            true => true,
            false => Of(binary.Right, frame),
            _ => Of(binary.Right, frame) is true ? true : Unread.Computed,
        },
        SyntaxKind.CoalesceExpression => Of(binary.Left, frame) ?? Of(binary.Right, frame) ?? new Unread("it is null"),
        SyntaxKind.AsExpression => Of(binary.Left, frame) ?? Unread.Computed,
        SyntaxKind.IsExpression => Unread.Computed,
        _ => null,
    };

    private object? Postfix(PostfixUnaryExpressionSyntax postfix, Frame frame)
    {
        var value = Of(postfix.Operand, frame);
        if (postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression))
        {
            return value;
        }
        Counted(postfix.Operand, postfix.IsKind(SyntaxKind.PostIncrementExpression), frame);
        return value;
    }

    private object? Counted(ExpressionSyntax operand, bool up, Frame frame)
    {
        var value = Arithmetic.Binary(up ? SyntaxKind.AddExpression : SyntaxKind.SubtractExpression, Of(operand, frame), 1);
        if (operand is IdentifierNameSyntax name)
        {
            frame.Assign(name.Identifier.ValueText, value);
        }
        return value;
    }

    private object? Assignment(AssignmentExpressionSyntax assignment, Frame frame)
    {
        var value = Of(assignment.Right, frame);
        if (assignment.Left is not IdentifierNameSyntax name)
        {
            // An element of a list, or a member of something: what holds it is not followed any further.
            return run.NotFollowed(value is Builder ? assignment : assignment.Left, frame, Unread.Computed.Why);
        }
        if (value is Builder && name.Identifier.ValueText != "_" && !frame.TryGet(name.Identifier.ValueText, out _))
        {
            // Whoever reads the field has the builder.
            return run.NotFollowed(assignment, frame, Unread.Computed.Why);
        }
        if (assignment.IsKind(SyntaxKind.AddAssignmentExpression))
        {
            value = Arithmetic.Binary(SyntaxKind.AddExpression, Of(name, frame), value);
        }
        else if (!assignment.IsKind(SyntaxKind.SimpleAssignmentExpression))
        {
            value = Unread.Computed;
        }
        frame.Assign(name.Identifier.ValueText, value);
        return value;
    }

    private object? Element(ElementAccessExpressionSyntax element, Frame frame)
    {
        var index = element.ArgumentList.Arguments is [var only] ? Of(only.Expression, frame) : null;
        return (Of(element.Expression, frame), index) switch
        {
            (Items items, int at) when at >= 0 && at < items.Values.Count => items.Values[at],
            (string text, int at) when at >= 0 && at < text.Length => text[at],
            _ => run.NotFollowed(element, frame, Unread.Computed.Why),
        };
    }
}
