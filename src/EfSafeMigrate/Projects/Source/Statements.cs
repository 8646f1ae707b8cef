using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary>Follows statements.</summary>
internal sealed class Statements(SourceRun run, Expressions expressions)
{
    private const int MostTurns = 10_000;

    private enum Flow { Next, Continue, Break, Return, Throw }

    public void Run(BlockSyntax block, Frame frame) => Block(block.Statements, frame);

    private Flow Block(SyntaxList<StatementSyntax> statements, Frame frame)
    {
        foreach (var function in statements.OfType<LocalFunctionStatementSyntax>())
        {
            frame.Declare(function.Identifier.ValueText, new Function(
                function.Identifier.ValueText,
                [.. function.ParameterList.Parameters.Select(parameter => parameter.Identifier.ValueText)],
                [.. function.ParameterList.Parameters.Select(parameter => parameter.Default?.Value)],
                (CSharpSyntaxNode?)function.Body ?? function.ExpressionBody?.Expression ?? (CSharpSyntaxNode)function, frame, frame.Class));
        }
        foreach (var statement in statements)
        {
            if (Follow(statement, frame) is not Flow.Next and var flow)
            {
                return flow;
            }
        }
        return Flow.Next;
    }

    private Flow Follow(StatementSyntax statement, Frame frame)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!run.Step())
        {
            run.NotFollowed(statement, frame, "it goes on for too long");
            return Flow.Return;
        }
        switch (statement)
        {
            case ExpressionStatementSyntax expression:
                expressions.Of(expression.Expression, frame);
                return Flow.Next;
            case BlockSyntax block:
                return Block(block.Statements, frame);
            case LocalDeclarationStatementSyntax declared:
                Declare(declared.Declaration, frame);
                return Flow.Next;
            case UsingStatementSyntax held:
                if (held.Declaration is { } declaration)
                {
                    Declare(declaration, frame);
                }
                else
                {
                    expressions.Of(held.Expression, frame);
                }
                return Follow(held.Statement, frame);
            case IfStatementSyntax branch:
                return If(branch, frame);
            case SwitchStatementSyntax choice:
                return Switch(choice, frame);
            case ForEachStatementSyntax each:
                return ForEach(each, frame);
            case ForStatementSyntax loop:
                return For(loop, frame);
            case TryStatementSyntax attempt:
                var before = run.Thrown;
                var tried = Block(attempt.Block.Statements, frame);
                if (attempt.Catches.Count > 0)
                {
                    run.Thrown = tried == Flow.Throw ? before : run.Thrown;
                    tried = tried == Flow.Throw ? Flow.Next : tried;
                    Either([.. attempt.Catches.Select(each => each.Block)], frame);
                }
                var last = attempt.Finally is { } end ? Block(end.Block.Statements, frame) : Flow.Next;
                return last == Flow.Next ? tried : last;
            case CheckedStatementSyntax inner:
                return Block(inner.Block.Statements, frame);
            case LockStatementSyntax inner:
                return Follow(inner.Statement, frame);
            case UnsafeStatementSyntax inner:
                return Block(inner.Block.Statements, frame);
            case LabeledStatementSyntax labeled:
                return Follow(labeled.Statement, frame);
            case ReturnStatementSyntax result:
                frame.Result = result.Expression is null ? null : expressions.Of(result.Expression, frame);
                return Flow.Return;
            case ThrowStatementSyntax thrown:
                run.Thrown ??= thrown.Expression is ObjectCreationExpressionSyntax created ? SourceClass.NameOf(created.Type) : "an exception";
                return Flow.Throw;
            case BreakStatementSyntax:
                return Flow.Break;
            case ContinueStatementSyntax:
                return Flow.Continue;
            case EmptyStatementSyntax or LocalFunctionStatementSyntax:
                return Flow.Next;
            default:
                run.NotFollowed(statement, frame, "such a statement is followed only when it runs");
                return Flow.Next;
        }
    }

    private void Declare(VariableDeclarationSyntax declaration, Frame frame)
    {
        foreach (var variable in declaration.Variables)
        {
            frame.Declare(variable.Identifier.ValueText, variable.Initializer is { } given ? expressions.Of(given.Value, frame) : null);
        }
    }

    /// <summary>Where nobody can tell which branch is taken, what either does is to be judged.</summary>
    private Flow If(IfStatementSyntax branch, Frame frame)
    {
        switch (expressions.Of(branch.Condition, frame))
        {
            case true:
                return Follow(branch.Statement, frame);
            case false:
                return branch.Else is { } otherwise ? Follow(otherwise.Statement, frame) : Flow.Next;
            default:
                Either([branch.Statement, .. branch.Else is { } other ? [other.Statement] : Array.Empty<StatementSyntax>()], frame);
                return Flow.Next;
        }
    }

    private void Either(IReadOnlyList<StatementSyntax> branches, Frame frame)
    {
        var thrown = run.Thrown;
        foreach (var branch in branches)
        {
            Follow(branch, frame);
        }
        run.Thrown = thrown;
        foreach (var branch in branches)
        {
            Assigned(branch, frame);
        }
    }

    /// <summary>A list has got what either branch adds to it; a variable has the value of one of them.</summary>
    private static void Assigned(StatementSyntax statement, Frame frame)
    {
        foreach (var part in statement.DescendantNodes().Where(part => part is AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax))
        {
            if (part is not PrefixUnaryExpressionSyntax { RawKind: not ((int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression) })
            {
                SourceRun.Lose(part is AssignmentExpressionSyntax assignment ? assignment.Left : part is PostfixUnaryExpressionSyntax postfix ? postfix.Operand : ((PrefixUnaryExpressionSyntax)part).Operand, frame);
            }
        }
    }

    private Flow Switch(SwitchStatementSyntax choice, Frame frame)
    {
        var value = expressions.Of(choice.Expression, frame);
        var matches = choice.Sections.Select(section => section.Labels.Select(label => Matches(label, value, frame)).Aggregate((bool?)false, (all, each) => all | each)).ToArray();
        if (matches.Any(match => match is null))
        {
            Either([.. choice.Sections.SelectMany(section => section.Statements)], frame);
            return Flow.Next;
        }
        var chosen = choice.Sections.Zip(matches).FirstOrDefault(pair => pair.Second == true).First
            ?? choice.Sections.FirstOrDefault(section => section.Labels.Any(label => label is DefaultSwitchLabelSyntax));
        var flow = chosen is null ? Flow.Next : Block(chosen.Statements, frame);
        return flow == Flow.Break ? Flow.Next : flow;
    }

    /// <summary>Null where nobody can tell.</summary>
    private bool? Matches(SwitchLabelSyntax label, object? value, Frame frame) => label switch
    {
        CaseSwitchLabelSyntax constant => Arithmetic.Same(expressions.Of(constant.Value, frame), value),
        CasePatternSwitchLabelSyntax { WhenClause: null } pattern => expressions.Patterns.Matches(pattern.Pattern, value, frame),
        CasePatternSwitchLabelSyntax => null,
        _ => false,
    };

    private Flow ForEach(ForEachStatementSyntax each, Frame frame)
    {
        var all = expressions.Of(each.Expression, frame) as Items;
        foreach (var value in all?.Values ?? [Unread.Computed])
        {
            frame.Declare(each.Identifier.ValueText, value);
            if (Follow(each.Statement, frame) is (Flow.Break or Flow.Return or Flow.Throw) and var flow)
            {
                return flow == Flow.Break ? Flow.Next : flow;
            }
        }
        if (all is null)
        {
            Assigned(each.Statement, frame);
        }
        return Flow.Next;
    }

    private Flow For(ForStatementSyntax loop, Frame frame)
    {
        if (loop.Declaration is { } declaration)
        {
            Declare(declaration, frame);
        }
        foreach (var initializer in loop.Initializers)
        {
            expressions.Of(initializer, frame);
        }
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var goesOn = loop.Condition is null ? null : expressions.Of(loop.Condition, frame);
            if (goesOn is false)
            {
                return Flow.Next;
            }
            if (goesOn is not true)
            {
                Forgotten(loop, frame);
                Follow(loop.Statement, frame);
                return Flow.Next;
            }
            if (Follow(loop.Statement, frame) is (Flow.Break or Flow.Return or Flow.Throw) and var flow)
            {
                return flow == Flow.Break ? Flow.Next : flow;
            }
            foreach (var incrementor in loop.Incrementors)
            {
                expressions.Of(incrementor, frame);
            }
        }
        run.NotFollowed(loop, frame, "it goes on for too long");
        return Flow.Next;
    }

    private static void Forgotten(ForStatementSyntax loop, Frame frame)
    {
        foreach (var variable in loop.Declaration?.Variables ?? default)
        {
            frame.Assign(variable.Identifier.ValueText, Unread.Computed);
        }
        Assigned(loop.Statement, frame);
    }
}
