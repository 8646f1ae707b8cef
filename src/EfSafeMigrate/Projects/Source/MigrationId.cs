using System.Text.RegularExpressions;

namespace EfSafeMigrate.Projects.Source;

/// <summary>What the attribute of a migration says: a text, a constant, or several of them.</summary>
internal static partial class MigrationId
{
    /// <param name="written">What stands in the brackets.</param>
    /// <param name="text">The file with the attribute.</param>
    /// <returns>Null where a constant is not in the project.</returns>
    public static string? Of(string written, string text, SourceTree tree)
    {
        var parts = Part().Matches(written).Select(part => part.Groups["text"].Success ? part.Groups["text"].Value : Constant(part.Value, text, tree)).ToArray();
        return parts.Contains(null) ? null : string.Concat(parts);
    }

    /// <summary>EF names the file after it. A class that is given no builder is another library's.</summary>
    public static string? OfFile(SourceText holder) =>
        holder.Text.Contains("MigrationBuilder", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(holder.File) : null;

    private static string? Constant(string name, string text, SourceTree tree)
    {
        var dot = name.LastIndexOf('.');
        var member = name[(dot + 1)..];
        var type = dot < 0 ? null : name[(name.LastIndexOf('.', Math.Max(0, dot - 1)) + 1)..dot];
        return In(text, member) ?? (type is null ? null : tree.Files.Where(file => !SourceTree.IsDesigner(file)).Select(tree.Read).OfType<string>()
            .Where(other => other.Contains($" {type}", StringComparison.Ordinal)).Select(other => In(other, member)).FirstOrDefault(found => found is not null));
    }

    private static string? In(string text, string member) =>
        Declared().Matches(text).FirstOrDefault(found => found.Groups["name"].Value == member)?.Groups["text"].Value;

    [GeneratedRegex("""@?"(?<text>[^"]*)"|[A-Za-z_][\w.]*""")]
    private static partial Regex Part();

    [GeneratedRegex("""\bconst\s+string\s+(?<name>\w+)\s*=\s*@?"(?<text>[^"]*)"\s*;""")]
    private static partial Regex Declared();
}
