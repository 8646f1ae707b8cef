using EfSafeMigrate.Projects;
using EfSafeMigrate.Projects.Code;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace EfSafeMigrate.Scaffolding.Tests;

/// <summary>Keeps the list of migrations in a test that was written with them as the migrations are; what else somebody has made of the test stays.</summary>
internal static class TestsInStep
{
    private const string Migrations = nameof(Migrations);
    private const string Held = nameof(Held);

    /// <param name="project">The project with the migrations.</param>
    /// <param name="gone">Ids that are no more.</param>
    /// <param name="after">The id that the new ones come behind, where none is gone.</param>
    /// <param name="ids">The new ones.</param>
    /// <param name="ahead">Those of the new ones whose model is ahead of them.</param>
    public static IReadOnlyList<FileChange> Of(string project, IReadOnlyList<string> gone, string? after, IReadOnlyList<string> ids, IReadOnlyList<string> ahead)
    {
        string[] known = [.. gone, .. after is { Length: > 0 } ? [after] : Array.Empty<string>()];
        return known.Length == 0 ? [] :
        [
            .. CodeProjects.Near(project).Where(each => each.IsTest).SelectMany(each => SourceFiles.OfProject(each.Directory)).Distinct()
                .Select(file => (File: file, Text: File.ReadAllText(file))).Where(each => known.Any(id => each.Text.Contains($"\"{id}\"", StringComparison.Ordinal)))
                .Select(each => Changed(each.File, each.Text, known, gone, ids, ahead)).OfType<FileChange>(),
        ];
    }

    private static FileChange? Changed(string file, string text, string[] known, IReadOnlyList<string> gone, IReadOnlyList<string> ids, IReadOnlyList<string> ahead)
    {
        var lists = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<VariableDeclaratorSyntax>()
            .Select(declared => (Name: declared.Identifier.ValueText, List: declared.Initializer?.Value as CollectionExpressionSyntax)).Where(each => each.List is not null).ToArray();
        if (lists.FirstOrDefault(each => each.Name == Migrations).List is not { } migrations || TextsOf(migrations) is not { } had || !had.Any(known.Contains))
        {
            return null;
        }
        var at = had.ToList().FindIndex(known.Contains);
        string[] now = [.. had.Take(at).Concat(had.Skip(at).TakeWhile(id => !gone.Contains(id))).Concat(ids).Concat(had.Skip(at).SkipWhile(id => !gone.Contains(id)).Where(id => !gone.Contains(id)))];
        List<TextChange> changes = [new(Inside(migrations), MigrationTest.List(now))];
        if (lists.FirstOrDefault(each => each.Name == Held).List is { } held && TextsOf(held) is { } before)
        {
            changes.Add(new(Inside(held), MigrationTest.List(before.Except(gone).Concat(ahead))));
        }
        return new(file, now.Length == 0 ? null : SourceText.From(text).WithChanges(changes.OrderBy(change => change.Span.Start)).ToString()) { IsTest = true };
    }

    private static TextSpan Inside(CollectionExpressionSyntax list) => TextSpan.FromBounds(list.OpenBracketToken.Span.End, list.CloseBracketToken.SpanStart);

    /// <returns>Null where something else stands in the list.</returns>
    private static string[]? TextsOf(CollectionExpressionSyntax list)
    {
        var texts = list.Elements.Select(element => (element as ExpressionElementSyntax)?.Expression as LiteralExpressionSyntax).Select(literal => literal?.Token.ValueText).ToArray();
        return Array.TrueForAll(texts, text => text is not null) ? [.. texts.OfType<string>()] : null;
    }
}
