using System.Collections.Frozen;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Projects.Code;
using EfSafeMigrate.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace EfSafeMigrate.Uses;

/// <summary>Finds what in the user's code uses the tables and columns that changes touch.</summary>
/// <param name="models">The schemas before the changes.</param>
/// <param name="mapped">The properties behind the columns, before and after the changes.</param>
internal sealed class CodeUseFinder(IReadOnlyList<TouchedName> touched, IReadOnlyList<DatabaseModel> models, IReadOnlyList<MappedProperty> mapped, SqlDialect dialect)
{
    public CodeUses In(UserCode code)
    {
        CodeFile[] files = [.. code.Files.Where(file => !IsGenerated(file))];
        var classes = files.Select(file => file.Compilation).Distinct().ToDictionary(each => each, each => new MappedClasses(each, touched, mapped));
        var sets = new SetNames(OnAllCores.Select(files, file => Holds(file, "DbSet<") ? SetNames.In(file.Tree.GetRoot()).ToArray() : []).SelectMany(each => each).ToLookup(each => each.Entity, each => each.Set));
        var places = new CodePlaces(OnAllCores.Select(files, file => CodePlaces.ScheduledIn(file.Tree.GetRoot()).ToArray()).SelectMany(each => each).ToFrozenSet());
        var sql = new SqlNames(dialect, models, touched);
        var found = touched.Count == 0 ? [] : OnAllCores.Select(files, file => UsesIn(file, classes[file.Compilation], sets, sql, places).ToArray());
        var order = touched.Select((each, at) => (each, at)).ToDictionary(pair => pair.each, pair => pair.at);
        return new(touched, [.. found.SelectMany(each => each).OrderBy(use => order[use.Touched]).ThenBy(use => use.Place).ThenBy(use => use.File, StringComparer.Ordinal).ThenBy(use => use.Line)], code.Files.Count)
        {
            Unrestored = code.Unrestored,
        };
    }

    private static IEnumerable<CodeUse> UsesIn(CodeFile file, MappedClasses classes, SetNames sets, SqlNames sql, CodePlaces places)
    {
        var model = file.Compilation.GetSemanticModel(file.Tree);
        var root = file.Tree.GetRoot();
        var uses = new PropertyUses(model, classes, sets).In(root).Concat(new TableUses(model, classes, sets).In(root))
            .Concat(new RecordUses(model, classes).In(root)).Concat(new TextUses(model, classes, sql).In(root));
        return from use in uses
               group use by (Line: LineOf(use.Node), use.Touched) into line
               let first = line.MinBy(use => use.Kind)
               select new CodeUse(line.Key.Touched, first.Kind, places.Of(first.Node, file.Project.IsTest), file.Tree.FilePath, line.Key.Line + 1, TextOf(first.Node, line.Key.Line)) { Position = first.Node.SpanStart };
    }

    private static int LineOf(SyntaxNode node) => node.SyntaxTree.GetLineSpan((node as SimpleNameSyntax)?.Identifier.Span ?? node.Span).StartLinePosition.Line;

    /// <summary>The line without what is said behind it; of a text of several lines, the text.</summary>
    private static string TextOf(SyntaxNode node, int line)
    {
        var text = node.SyntaxTree.GetText();
        if (node is ExpressionSyntax and not SimpleNameSyntax && text.Lines.GetLinePosition(node.Span.End).Line > line)
        {
            return string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim('"', '$', '@', ' ');
        }
        var span = text.Lines[line].Span;
        var last = node.SyntaxTree.GetRoot().FindTrivia(Math.Max(span.Start, span.End - 1));
        return text.ToString(TextSpan.FromBounds(span.Start, last.IsKind(SyntaxKind.SingleLineCommentTrivia) && last.SpanStart > span.Start ? last.SpanStart : span.End)).Trim();
    }

    private static bool Holds(CodeFile file, string words) => file.Tree.GetText().ToString().Contains(words, StringComparison.Ordinal);

    /// <summary>Migrations and snapshots hold the names of their time; what a generator writes follows what it reads.</summary>
    private static bool IsGenerated(CodeFile file) =>
        file.Tree.FilePath is var path && (path.EndsWith(".Designer.cs", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase))
        || file.Tree.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<ClassDeclarationSyntax>()
            .Any(type => type.BaseList?.Types.Any(parent => parent.Type.ToString().Split('.')[^1] is "Migration" or "ModelSnapshot") == true);
}
