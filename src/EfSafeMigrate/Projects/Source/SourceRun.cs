using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary>
/// Follows one method of a migration statement by statement, as far as it can be followed without running it,
/// and collects the operations. What it cannot follow and what has to do with the builder becomes an operation that is not read.
/// </summary>
internal sealed class SourceRun
{
    private const int Deepest = 40;
    private const int Longest = 200_000;

    private readonly Expressions expressions;
    private readonly Statements statements;
    private readonly Stack<SyntaxNode> sites = new();
    private readonly HashSet<SyntaxTrivia> leftOut = [];
    private SourceClass? type;
    private int steps;

    /// <param name="file">The migration's own file: paths may be relative to its folder.</param>
    /// <param name="provider">What <c>ActiveProvider</c> answers.</param>
    public SourceRun(SourceClasses classes, string file, string provider)
    {
        Classes = classes;
        File = file;
        Provider = provider;
        expressions = new(this);
        statements = new(this, expressions);
    }

    public SourceClasses Classes { get; }

    public string File { get; }

    public string Provider { get; }

    public List<OperationNode> Operations { get; } = [];

    public void Add(OperationNode operation)
    {
        operation.Sites = [.. operation.At.Parent is { } own ? [own] : Array.Empty<SyntaxNode>(), .. sites];
        Operations.Add(operation);
    }

    /// <summary>The lists that fields hold, by class and name.</summary>
    public Dictionary<string, Items> Lists { get; } = [];

    /// <summary>The type of the exception that ends the method; null when it comes to its end.</summary>
    public string? Thrown { get; set; }

    /// <summary>The operations of a method that takes the builder alone.</summary>
    /// <param name="type">The migration's class, which may derive from the one with the method.</param>
    public static SourceRun Of(SourceClasses classes, string file, string provider, MethodDeclarationSyntax method, SourceClass holder, SourceClass type)
    {
        var run = new SourceRun(classes, file, provider) { type = type };
        try
        {
            run.Call(FunctionOf(method, holder), [Builder.Value], method, 0);
        }
        catch (InsufficientExecutionStackException)
        {
            run.Add(OperationNode.NotRead(method.Identifier.ValueText, method.Identifier.Text, "it is nested too deeply", method.Identifier));
        }
        return run;
    }

    /// <summary>The classes between the migration's own and one that it derives from: what they override counts.</summary>
    public IEnumerable<SourceClass> Below(SourceClass holder)
    {
        List<SourceClass> below = [];
        for (var at = type; at is not null && below.Count < 8; at = at.Base is { } parent && parent != "Migration" ? Classes.Find(parent) : null)
        {
            if (at.Name == holder.Name)
            {
                return below;
            }
            below.Add(at);
        }
        return [];
    }

    /// <summary>What the preprocessor leaves out here is perhaps what another build has.</summary>
    public void SayLeftOut(SyntaxNode node, Func<SyntaxTrivia, bool> counts)
    {
        foreach (var text in node.ContainsDirectives ? node.DescendantTrivia().Where(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia)) : [])
        {
            if (counts(text) && text.ToString().Any(char.IsLetter) && leftOut.Add(text))
            {
                Add(OperationNode.NotRead("call", text.ToString().Trim(), "`#if` leaves it out, and another build may have it", text.Token));
            }
        }
    }

    public static Function FunctionOf(MethodDeclarationSyntax method, SourceClass holder) => new(
        method.Identifier.ValueText,
        [.. method.ParameterList.Parameters.Select(parameter => parameter.Identifier.ValueText)],
        [.. method.ParameterList.Parameters.Select(parameter => parameter.Default?.Value)],
        (CSharpSyntaxNode?)method.Body ?? method.ExpressionBody?.Expression ?? (CSharpSyntaxNode)method, null, holder)
    {
        IsParams = method.ParameterList.Parameters.LastOrDefault()?.Modifiers.Any(SyntaxKind.ParamsKeyword) == true,
    };

    /// <param name="named">Arguments with a name stand behind those without, as (name, value).</param>
    public object? Call(Function function, IReadOnlyList<object?> arguments, SyntaxNode at, int depth, IReadOnlyList<(string Name, object? Value)>? named = null)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (depth > Deepest || function.Body is not (BlockSyntax or ExpressionSyntax))
        {
            return Unreadable(at, arguments, depth > Deepest ? "it calls itself" : function.Why ?? "its body is elsewhere");
        }
        SayLeftOut(function.Body, _ => true);
        var frame = new Frame(function.Class, function.Closure, depth + 1);
        for (var index = 0; index < function.Parameters.Count; index++)
        {
            var name = function.Parameters[index];
            frame.Declare(name,
                function.IsParams && index == function.Parameters.Count - 1 && !(arguments.Count == index + 1 && arguments[index] is Items or Unread or null) ? new Items(arguments.Skip(index))
                : index < arguments.Count ? arguments[index]
                : named?.FirstOrDefault(each => each.Name == name) is { Name: not null } given ? given.Value
                : function.Defaults.ElementAtOrDefault(index) is { } standard ? expressions.Of(standard, frame)
                : Unread.Computed);
        }
        if (depth > 0)
        {
            sites.Push(at);
        }
        try
        {
            if (function.Body is ExpressionSyntax expression)
            {
                return expressions.Of(expression, frame);
            }
            statements.Run((BlockSyntax)function.Body, frame);
            return frame.Result;
        }
        finally
        {
            if (depth > 0)
            {
                sites.Pop();
            }
        }
    }

    /// <summary>False when the method has gone on for so long that something must be wrong.</summary>
    public bool Step() => ++steps < Longest;

    /// <summary>An expression or statement that cannot be followed: said aloud when the builder has to do with it.</summary>
    public Unread NotFollowed(SyntaxNode node, Frame frame, string why)
    {
        // What stands inside of it may have been said already.
        if ((Touches(node, frame) || MeansBuilder(node)) && !Operations.Exists(operation => operation.Why is not null && node.Span.Contains(operation.At.Span) && operation.At.SyntaxTree == node.SyntaxTree))
        {
            Add(OperationNode.NotRead(NameOf(node), node.ToString(), why, node.GetFirstToken()));
        }
        Forget(node, frame);
        foreach (var name in Lists.Count == 0 ? [] : node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            foreach (var (_, list) in Lists.Where(list => list.Key.EndsWith($".{name.Identifier.ValueText}", StringComparison.Ordinal)))
            {
                list.IsLost = true;
            }
        }
        return new Unread(why);
    }

    /// <summary>What an expression or statement may have changed is not known behind it.</summary>
    public static void Forget(SyntaxNode node, Frame frame)
    {
        foreach (var part in node.DescendantNodesAndSelf())
        {
            switch (part)
            {
                case IdentifierNameSyntax name when frame.TryGet(name.Identifier.ValueText, out var value) && value is Items items:
                    items.IsLost = true;
                    break;
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax assigned }:
                    Lose(assigned, frame);
                    break;
                case PostfixUnaryExpressionSyntax { Operand: IdentifierNameSyntax counted, RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression }:
                    Lose(counted, frame);
                    break;
                case PrefixUnaryExpressionSyntax { Operand: IdentifierNameSyntax counted, RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }:
                    Lose(counted, frame);
                    break;
                case ArgumentSyntax { Expression: IdentifierNameSyntax given, RefOrOutKeyword.RawKind: not (int)SyntaxKind.None }:
                    Lose(given, frame);
                    break;
                default:
                    break;
            }
        }
    }

    public static void Lose(ExpressionSyntax changed, Frame frame)
    {
        if (changed is IdentifierNameSyntax name && frame.TryGet(name.Identifier.ValueText, out var value) && value is not Builder)
        {
            frame.Assign(name.Identifier.ValueText, Unread.Computed);
        }
    }

    /// <summary>Nobody knows whose method it is, and it is called as one of the builder's.</summary>
    private static bool MeansBuilder(SyntaxNode node) =>
        node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } && BuilderMethods.ParametersOf(member.Name.Identifier.ValueText) is not null;

    private static bool Touches(SyntaxNode node, Frame frame) =>
        node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => frame.TryGet(name.Identifier.ValueText, out var value) && value is Builder or TableBuilder or OperationNode or Function { Closure: not null });

    private Unread Unreadable(SyntaxNode at, IReadOnlyList<object?> arguments, string why)
    {
        if (arguments.Any(argument => argument is Builder))
        {
            Add(OperationNode.NotRead(NameOf(at), at.ToString(), why, at.GetFirstToken()));
        }
        return new Unread(why);
    }

    private static string NameOf(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => member.Name.Identifier.ValueText,
        InvocationExpressionSyntax { Expression: SimpleNameSyntax name } => name.Identifier.ValueText,
        ExpressionStatementSyntax statement => NameOf(statement.Expression),
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        _ => "call",
    };
}
