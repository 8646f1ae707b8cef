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

    public Expressions(SourceRun run)
    {
        this.run = run;
        names = new(run, this);
        calls = new(run, this);
    }

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
                return Arithmetic.Unary(unary.Kind(), Of(unary.Operand, frame));
            case PostfixUnaryExpressionSyntax postfix:
                return Postfix(postfix, frame);
            case ConditionalExpressionSyntax choice:
                return Of(choice.Condition, frame) switch { true => Of(choice.WhenTrue, frame), false => Of(choice.WhenFalse, frame), _ => run.NotFollowed(choice, frame, Unread.Computed.Why) };
            case CastExpressionSyntax cast:
                return Arithmetic.Cast(SourceClass.NameOf(cast.Type), Of(cast.Expression, frame));
            case AssignmentExpressionSyntax assignment:
                return Assignment(assignment, frame);
            case ArrayCreationExpressionSyntax array:
                return array.Initializer is { } given ? Listed(given, frame) : SizedArray(array, frame);
            case ImplicitArrayCreationExpressionSyntax array:
                return Listed(array.Initializer, frame);
            case InitializerExpressionSyntax initializer:
                return Listed(initializer, frame);
            case CollectionExpressionSyntax collection:
                return Collected(collection, frame);
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
                return Of(test.Expression, frame) is not Unread and var tested && Matches(test.Pattern, tested, frame) is { } matches ? matches : Unread.Computed;
            case SwitchExpressionSyntax choice:
                return Switch(choice, frame);
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

    /// <summary>Null where nobody can tell.</summary>
    public bool? Matches(PatternSyntax pattern, object? value, Frame frame) => pattern switch
    {
        ConstantPatternSyntax constant => Of(constant.Expression, frame) is not Unread and var wanted ? Equals(wanted, value) : null,
        DiscardPatternSyntax or VarPatternSyntax => true,
        ParenthesizedPatternSyntax inner => Matches(inner.Pattern, value, frame),
        UnaryPatternSyntax not => !Matches(not.Pattern, value, frame),
        BinaryPatternSyntax { RawKind: (int)SyntaxKind.OrPattern } either => Matches(either.Left, value, frame) | Matches(either.Right, value, frame),
        BinaryPatternSyntax both => Matches(both.Left, value, frame) & Matches(both.Right, value, frame),
        _ => null,
    };

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
        if (postfix.Operand is IdentifierNameSyntax name)
        {
            frame.Assign(name.Identifier.ValueText, Arithmetic.Binary(postfix.IsKind(SyntaxKind.PostIncrementExpression) ? SyntaxKind.AddExpression : SyntaxKind.SubtractExpression, value, 1));
        }
        return value;
    }

    private object? Assignment(AssignmentExpressionSyntax assignment, Frame frame)
    {
        var value = Of(assignment.Right, frame);
        if (assignment.Left is not IdentifierNameSyntax name)
        {
            return assignment.Left is DeclarationExpressionSyntax or TupleExpressionSyntax ? run.NotFollowed(assignment, frame, Unread.Computed.Why) : value;
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

    private object Listed(InitializerExpressionSyntax initializer, Frame frame)
    {
        var values = initializer.Expressions.Select(each => Of(each, frame)).ToArray();
        return initializer.Expressions.Count > 0 && initializer.Expressions.All(each => each is InitializerExpressionSyntax)
            ? new Grid([.. values.OfType<Items>()])
            : new Items(values);
    }

    /// <summary><c>new T[0]</c>, and <c>new T[0, 3]</c> for rows that are not there.</summary>
    private object SizedArray(ArrayCreationExpressionSyntax array, Frame frame) =>
        array.Type.RankSpecifiers[0].Sizes.Select(size => Of(size, frame)).ToArray() switch
        {
            [int and >= 0 and <= 10_000 and var count] => new Items(new object?[count]),
            [int and >= 0 and <= 10_000 and var rows, int and >= 0 and <= 100 and var columns] => new Grid([.. Enumerable.Repeat(new Items(new object?[columns]), rows)]),
            _ => Unread.Computed,
        };

    private object Collected(CollectionExpressionSyntax collection, Frame frame)
    {
        List<object?> values = [];
        foreach (var element in collection.Elements)
        {
            switch (element)
            {
                case ExpressionElementSyntax single:
                    values.Add(Of(single.Expression, frame));
                    break;
                case SpreadElementSyntax spread when Of(spread.Expression, frame) is Items all:
                    values.AddRange(all.Values);
                    break;
                default:
                    return Unread.Computed;
            }
        }
        return new Items(values);
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

    private object? Switch(SwitchExpressionSyntax choice, Frame frame)
    {
        var value = Of(choice.GoverningExpression, frame);
        if (value is Unread)
        {
            return run.NotFollowed(choice, frame, Unread.Computed.Why);
        }
        foreach (var arm in choice.Arms)
        {
            switch (arm.WhenClause is null ? Matches(arm.Pattern, value, frame) : null)
            {
                case true:
                    return Of(arm.Expression, frame);
                case null:
                    return run.NotFollowed(choice, frame, Unread.Computed.Why);
                default:
                    continue;
            }
        }
        return Unread.Computed;
    }
}
