using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace EfSafeMigrate.Projects.Source;

/// <summary>The migrations of a tree, oldest first, and the snapshots of its models.</summary>
internal sealed partial record SourceMigrations(IReadOnlyList<SourceMigration> Migrations, IReadOnlyList<SourceSnapshot> Snapshots)
{
    public static SourceMigrations In(SourceTree tree)
    {
        var texts = tree.Holding("Migration", "ModelSnapshot");
        var byFile = texts.ToDictionary(each => each.File);
        return new(
            [.. texts.SelectMany(each => MigrationsIn(each, tree, byFile, texts)).OrderBy(migration => migration.Id, StringComparer.Ordinal)],
            [.. texts.SelectMany(each => SnapshotsIn(each.File, each.Text))]);
    }

    /// <summary>The migrations of one context; a context that no attribute names has those that name none.</summary>
    public SourceMigrations Of(string? context) =>
        new([.. Migrations.Where(each => each.Context == context)], [.. Snapshots.Where(each => each.Context == context)]);

    private static IEnumerable<SourceMigration> MigrationsIn(SourceText each, SourceTree tree, Dictionary<string, SourceText> byFile, IReadOnlyList<SourceText> texts)
    {
        var (file, text) = each;
        foreach (var found in Attribute().Matches(text).Where(found => IsCode(text, found.Index)))
        {
            var declared = Class().Match(text, found.Index);
            if (!declared.Success)
            {
                continue;
            }
            var name = declared.Groups["name"].Value;
            var holder = HolderOfUp(each, name, byFile, texts);
            if ((MigrationId.Of(found.Groups["id"].Value, text, tree) ?? MigrationId.OfFile(holder)) is not { } id)
            {
                continue;
            }
            var begin = text.LastIndexOfAny(['{', '}', ';'], found.Index) + 1;
            var context = ContextIn(text[begin..declared.Index]) ?? (holder == each ? null : ContextIn(holder.Text));
            yield return new(id, context, holder.File, text.Contains("BuildTargetModel(", StringComparison.Ordinal) ? file : null) { Class = name };
        }
    }

    /// <summary>Its own file, the one beside its Designer, or any other with a part of the same class.</summary>
    private static SourceText HolderOfUp(SourceText each, string name, Dictionary<string, SourceText> byFile, IReadOnlyList<SourceText> texts)
    {
        if (HoldsUp(each.Text, name))
        {
            return each;
        }
        var beside = SourceTree.IsDesigner(each.File) ? byFile.GetValueOrDefault(each.File[..^".Designer.cs".Length] + ".cs") : null;
        return beside is not null && HoldsUp(beside.Text, name) ? beside : texts.FirstOrDefault(other => HoldsUp(other.Text, name)) ?? each;
    }

    private static bool HoldsUp(string text, string name) =>
        text.Contains(" Up(", StringComparison.Ordinal) && Class().Matches(text).Any(match => match.Groups["name"].Value == name);

    private static IEnumerable<SourceSnapshot> SnapshotsIn(string file, string text) =>
        from found in Snapshot().Matches(text)
        where IsCode(text, found.Index)
        select new SourceSnapshot(ContextIn(text[(text.LastIndexOfAny(['{', '}', ';'], found.Index) + 1)..found.Index]), file);

    private static string? ContextIn(string text) =>
        Context().Matches(text).LastOrDefault(match => IsCode(text, match.Index)) is { } found ? found.Groups["name"].Value : null;

    /// <summary>Not in a comment. What only looks like one, as a pattern of files does in a text, is parsed before it is believed.</summary>
    private static bool IsCode(string text, int at)
    {
        var before = text.AsSpan(0, at);
        var line = before[(before.LastIndexOf('\n') + 1)..];
        return (!line.Contains("//", StringComparison.Ordinal) && before.LastIndexOf("/*", StringComparison.Ordinal) <= before.LastIndexOf("*/", StringComparison.Ordinal))
            || CSharpSyntaxTree.ParseText(text).GetRoot().FindToken(at) is { RawKind: (int)SyntaxKind.IdentifierToken or (int)SyntaxKind.ClassKeyword } token && token.Span.Contains(at);
    }

    [GeneratedRegex("""\bMigration(?:Attribute)?\s*\(\s*(?:id\s*:\s*)?(?<id>(?:@?"[^"]*"|[A-Za-z_][\w.]*)(?:\s*\+\s*(?:@?"[^"]*"|[A-Za-z_][\w.]*))*)\s*\)\s*[\],]""")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\bDbContext(?:Attribute)?\s*\(\s*typeof\s*\(\s*(?:\w+(?:\.|::))*(?<name>\w+)")]
    private static partial Regex Context();

    [GeneratedRegex(@"\bclass\s+@?(?<name>\w+)")]
    private static partial Regex Class();

    [GeneratedRegex(@"\bclass\s+@?\w+\s*:\s*(?:\w+(?:\.|::))*ModelSnapshot\b")]
    private static partial Regex Snapshot();
}
