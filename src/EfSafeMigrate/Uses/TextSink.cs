using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Uses;

/// <summary>What becomes of a text.</summary>
internal enum Sink
{
    Unknown,

    /// <summary>Run as SQL.</summary>
    Statement,

    /// <summary>A condition or an expression of a column, in the configuration of an entity.</summary>
    Expression,

    /// <summary>Added to another text.</summary>
    Part,

    /// <summary>Shown to people.</summary>
    Words,
}

internal static class TextSink
{
    private static readonly string[] Said = ["Information", "Warning", "Error", "Fatal", "Verbose", "Debug", "Trace", "WriteLine", "Write", "Problem", "BadRequest", "NotFound", "Ok", "Describe", "WithMessage", "WithSummary", "WithDescription"];
    private static readonly string[] Expressions = ["HasFilter", "HasCheckConstraint", "HasComputedColumnSql", "HasDefaultValueSql"];

    public static Sink Of(ExpressionSyntax text)
    {
        if (text.Ancestors().TakeWhile(each => each is ExpressionSyntax or ArgumentSyntax or ArgumentListSyntax or ThrowStatementSyntax or AttributeArgumentSyntax).Any(IsShown))
        {
            return Sink.Words;
        }
        return text.Parent switch
        {
            ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } } => OfCall(KindOfUse.NameOf(call)),
            ArgumentSyntax { Parent: ArgumentListSyntax { Parent: ObjectCreationExpressionSyntax { Type: var type } } } when type.ToString().EndsWith("Command", StringComparison.Ordinal) => Sink.Statement,
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } => Sink.Part,
            AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CommandText" } or IdentifierNameSyntax { Identifier.ValueText: "CommandText" } } => Sink.Statement,
            _ => Sink.Unknown,
        };
    }

    private static Sink OfCall(string method) =>
        Expressions.Contains(method) ? Sink.Expression
        : method.StartsWith("Append", StringComparison.Ordinal) ? Sink.Part
        : method.StartsWith("FromSql", StringComparison.Ordinal) || method.StartsWith("ExecuteSql", StringComparison.Ordinal) || method.StartsWith("SqlQuery", StringComparison.Ordinal) || method == "ToSqlQuery" ? Sink.Statement
        : Sink.Unknown;

    private static bool IsShown(Microsoft.CodeAnalysis.SyntaxNode around) => around switch
    {
        AttributeArgumentSyntax or ThrowExpressionSyntax or ThrowStatementSyntax => true,
        ObjectCreationExpressionSyntax { Type: var type } => type.ToString().EndsWith("Exception", StringComparison.Ordinal),
        InvocationExpressionSyntax call => KindOfUse.NameOf(call) is var name
            && (Said.Contains(name) || name.StartsWith("Log", StringComparison.Ordinal) || name.StartsWith("Should", StringComparison.Ordinal) || name.StartsWith("Throw", StringComparison.Ordinal)),
        _ => false,
    };
}
