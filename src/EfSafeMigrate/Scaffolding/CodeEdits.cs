using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Scaffolding;

/// <summary>Small changes to EF's generated statements that keep their layout.</summary>
internal static class CodeEdits
{
    /// <summary>The statement without the named arguments.</summary>
    public static string WithoutArgument(string statement, params string[] names)
    {
        foreach (var name in names)
        {
            var call = SyntaxFactory.ParseStatement(statement).DescendantNodes().OfType<ArgumentListSyntax>()
                .FirstOrDefault(list => list.Arguments.Any(argument => Name(argument) == name));
            if (call is null)
            {
                continue;
            }
            var at = call.Arguments.IndexOf(argument => Name(argument) == name);
            var argument = call.Arguments[at];
            // Together with the comma that parts it from its neighbour.
            var from = at > 0 ? call.Arguments[at - 1].Span.End : argument.FullSpan.Start;
            var to = at > 0 ? argument.Span.End : call.Arguments.Count > 1 ? call.Arguments[1].FullSpan.Start : argument.Span.End;
            statement = statement[..from] + statement[to..];
        }
        return statement;
    }

    private static string? Name(ArgumentSyntax argument) => argument.NameColon?.Name.Identifier.Text;
}
