using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary><c>root.First(…).Second(…)</c>, unfolded.</summary>
/// <param name="Root">What the first method is called on.</param>
internal sealed record CallChain(ExpressionSyntax Root, IReadOnlyList<ChainedCall> Calls)
{
    public static CallChain? Of(ExpressionSyntax expression)
    {
        var calls = new List<ChainedCall>();
        var at = expression;
        while (at is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } call)
        {
            calls.Add(new(member.Name.Identifier.ValueText, member.Name as GenericNameSyntax, call.ArgumentList.Arguments));
            at = member.Expression;
        }
        calls.Reverse();
        return calls.Count == 0 ? null : new(at, calls);
    }
}

internal sealed record ChainedCall(string Name, GenericNameSyntax? Generic, IReadOnlyList<ArgumentSyntax> Arguments)
{
    public string? TypeArgument => Generic?.TypeArgumentList.Arguments[0].ToString();

    public LambdaExpressionSyntax? Lambda => Arguments.Select(argument => argument.Expression).OfType<LambdaExpressionSyntax>().FirstOrDefault();
}
