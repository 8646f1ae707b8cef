using EfSafeMigrate.Changes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects;

/// <summary>Where the operations of one migration stand.</summary>
/// <param name="File">Relative to the project, with forward slashes; null when there is no source.</param>
/// <param name="Calls">One for each operation; null for one that was not found.</param>
/// <param name="Waivers">What comments accept of the whole migration, and comments above no operation.</param>
internal sealed record SourcePlaces(string? File, IReadOnlyList<SourcePlace?> Calls, IReadOnlyList<Waiver> Waivers)
{
    private static readonly HashSet<string> Builders =
    [
        "AddCheckConstraint", "AddColumn", "AddForeignKey", "AddPrimaryKey", "AddUniqueConstraint", "AlterColumn", "AlterDatabase", "AlterSequence", "AlterTable",
        "CreateIndex", "CreateSequence", "CreateTable", "DeleteData", "DropCheckConstraint", "DropColumn", "DropForeignKey", "DropIndex", "DropPrimaryKey", "DropSchema",
        "DropSequence", "DropTable", "DropUniqueConstraint", "EnsureSchema", "InsertData", "RenameColumn", "RenameIndex", "RenameSequence", "RenameTable",
        "RestartSequence", "Sql", "UpdateData",
    ];

    public static SourcePlaces None(int operations) => new(null, new SourcePlace?[operations], []);

    /// <summary>Calls and operations are paired in order by name; a call in a loop serves every operation that is left.</summary>
    /// <param name="type">The migration's class, where the file holds several.</param>
    public static SourcePlaces In(SyntaxTree tree, string? file, string? type, IReadOnlyList<string> operations)
    {
        var root = tree.GetRoot();
        var up = root.DescendantNodes().OfType<MethodDeclarationSyntax>().Where(method => method.Identifier.Text == "Up")
            .OrderByDescending(method => method.Parent is ClassDeclarationSyntax holder && holder.Identifier.Text == type).FirstOrDefault();
        var calls = up is null ? [] : Called(up);
        var paired = Paired(calls, operations);
        return new(
            file,
            [.. paired.Select(at => at is { } found ? SourcePlace.Of(calls[found], file) : null)],
            CommentWaivers.OfFile(root, up?.Parent as TypeDeclarationSyntax, paired.OfType<int>().Select(at => calls[at]), file));
    }

    /// <summary>Calls of the migration builder, and those it is handed to.</summary>
    private static InvocationExpressionSyntax[] Called(MethodDeclarationSyntax up)
    {
        var builder = up.ParameterList.Parameters.FirstOrDefault()?.Identifier.Text;
        return
        [
            .. up.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call =>
                call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name } && name.Identifier.Text == builder
                || call.ArgumentList.Arguments.Any(argument => argument.Expression is IdentifierNameSyntax given && given.Identifier.Text == builder)),
        ];
    }

    private static int?[] Paired(InvocationExpressionSyntax[] calls, IReadOnlyList<string> operations)
    {
        string[] names = [.. calls.Select(Name)];
        var paired = new int?[operations.Count];
        var next = 0;
        for (var index = 0; index < operations.Count; index++)
        {
            if (Array.IndexOf(names, operations[index], next) is >= 0 and var at)
            {
                paired[index] = at;
                next = at + 1;
            }
            else
            {
                paired[index] = Array.LastIndexOf(names, operations[index]) is >= 0 and var last ? last : null;
            }
        }
        WithOthers(paired, [.. Enumerable.Range(0, calls.Length).Where(at => calls[at].Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax && !Builders.Contains(names[at]))]);
        return paired;
    }

    /// <summary>What no call is named after comes from a method of the user's own: the first that stands between its neighbours.</summary>
    private static void WithOthers(int?[] paired, int[] others)
    {
        for (var (index, last) = (0, -1); index < paired.Length; index++)
        {
            if (paired[index] is { } known)
            {
                last = known;
                continue;
            }
            var until = paired.Skip(index + 1).FirstOrDefault(at => at is not null) ?? int.MaxValue;
            // One such method may make several operations.
            paired[index] = others.Where(at => at > last && at < until).Concat(others.Where(at => at == last)).Select(at => (int?)at).FirstOrDefault();
            last = paired[index] ?? last;
        }
    }

    private static string Name(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
        SimpleNameSyntax name => name.Identifier.Text,
        _ => "",
    };
}

/// <summary>Where a call stands: one-based line and column of its first character, the migration builder's name.</summary>
internal sealed record SourcePlace(int Line, int Column, IReadOnlyList<Waiver> Waivers)
{
    /// <summary>Null for the migration's own.</summary>
    public string? File { get; init; }

    public static SourcePlace Of(SyntaxNode call, string? file)
    {
        var start = call.GetLocation().GetLineSpan().StartLinePosition;
        return new(start.Line + 1, start.Character + 1, CommentWaivers.Above(call, file));
    }
}
