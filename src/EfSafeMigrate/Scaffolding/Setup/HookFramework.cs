using System.Text.RegularExpressions;

namespace EfSafeMigrate.Scaffolding.Setup;

/// <summary>The entry in <c>.pre-commit-config.yaml</c> of the pre-commit framework.</summary>
internal static partial class HookFramework
{
    public const string Path = ".pre-commit-config.yaml";

    /// <param name="entry">An item of <c>repos</c>, not indented.</param>
    /// <exception cref="SafeMigrateException">There is no list of repositories to add to.</exception>
    public static string With(string? before, string entry)
    {
        if (before is null or "")
        {
            return $"repos:\n{Indented(entry, "  ")}";
        }
        if (Known().IsMatch(before))
        {
            return before;
        }
        if (Empty().IsMatch(before))
        {
            return Empty().Replace(before, $"repos:\n{Indented(entry, "  ")}", 1);
        }
        if (List().Match(before) is not { Success: true } list)
        {
            throw new SafeMigrateException($"`{Path}` has no list `repos`.", "add one, or the hook by hand: `dotnet safe-migrate init --pre-commit=framework --dry-run` in an empty folder shows it");
        }
        return before.Insert(list.Groups["first"].Index, Indented(entry, list.Groups["indent"].Value));
    }

    private static string Indented(string entry, string indent) => string.Concat(entry.TrimEnd('\n').Split('\n').Select(line => $"{indent}{line}\n"));

    [GeneratedRegex(@"^\s*-?\s*id:\s*['""]?safe-migrate['""]?\s*$", RegexOptions.Multiline)]
    private static partial Regex Known();

    [GeneratedRegex(@"^repos:[ \t]*\[[ \t]*\][ \t]*\n?", RegexOptions.Multiline)]
    private static partial Regex Empty();

    [GeneratedRegex(@"^repos:[ \t]*(?:#[^\n]*)?\n(?:[ \t]*(?:#[^\n]*)?\n)*(?<first>(?<indent>[ \t]*)-)", RegexOptions.Multiline)]
    private static partial Regex List();
}
