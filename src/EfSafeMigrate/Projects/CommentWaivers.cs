using EfSafeMigrate.Changes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects;

/// <summary>
/// Waivers in the comments of a migration's C#: above the statement that makes an operation, in it, or behind it on its last line; <see cref="WaiverText"/>
/// has the form.
/// </summary>
internal static class CommentWaivers
{
    /// <summary>What is accepted of one operation; a comment above a loop or block is for every operation in it.</summary>
    public static IReadOnlyList<Waiver> Above(SyntaxNode call, string? file = null) =>
        [.. Around(call).Where(trivia => IsHeard(trivia)).Distinct().SelectMany(trivia => Read(trivia, file)).Where(waiver => !waiver.OfFile)];

    /// <summary>What <c>ignore-file</c> accepts, and what speaks to this tool in the migration and stands above no operation.</summary>
    /// <param name="type">The migration's class; comments in other classes of the file are for those.</param>
    /// <param name="calls">The calls that make the operations.</param>
    public static IReadOnlyList<Waiver> OfFile(SyntaxNode root, TypeDeclarationSyntax? type = null, IEnumerable<SyntaxNode>? calls = null, string? file = null)
    {
        SyntaxTrivia[] all = [.. root.DescendantTrivia().Where(IsHeard)];
        if (all.Length == 0)
        {
            return [];
        }
        var taken = calls?.SelectMany(Around).ToHashSet() ?? [];
        return
        [
            .. from trivia in all
               let within = trivia.Token.Parent?.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().LastOrDefault(holder => holder.Span.Contains(trivia.Span))
               from waiver in Read(trivia, file)
               where waiver.OfFile || (!taken.Contains(trivia) && (type is null || within is null || within == type))
               select waiver.OfFile ? waiver : waiver with { Stray = true },
        ];
    }

    private static IEnumerable<SyntaxTrivia> Around(SyntaxNode call)
    {
        var statement = call.Ancestors().FirstOrDefault(node => node is StatementSyntax or ArrowExpressionClauseSyntax) ?? call;
        foreach (var trivia in statement.DescendantTrivia())
        {
            yield return trivia;
        }
        if (statement is ArrowExpressionClauseSyntax { Parent: BaseMethodDeclarationSyntax method })
        {
            foreach (var trivia in method.SemicolonToken.TrailingTrivia)
            {
                yield return trivia;
            }
        }
        foreach (var trivia in statement.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax).OfType<StatementSyntax>()
            .Where(node => node.Parent is not MemberDeclarationSyntax).SelectMany(node => node.GetLeadingTrivia()))
        {
            yield return trivia;
        }
    }

    private static bool IsHeard(SyntaxTrivia trivia) =>
        (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)) && WaiverText.Is(trivia.ToString());

    private static IEnumerable<Waiver> Read(SyntaxTrivia trivia, string? file) => WaiverText.Read(trivia.ToString()).Select(waiver => waiver with
    {
        Offset = trivia.SpanStart,
        Home = WaiverHome.Code,
        File = file,
        Line = trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1,
    });
}
