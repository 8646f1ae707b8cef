using System.Text.RegularExpressions;
using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Projects.Foreign;

/// <summary>Liquibase: change sets in files that begin with <c>--liquibase formatted sql</c>, in the order in which other changelogs include them.</summary>
internal static partial class LiquibaseFiles
{
    public static readonly ForeignTool Tool = new("liquibase", "Liquibase", [new(Settings()), new(Changelog(), "databaseChangeLog"), new(SqlFile(), "liquibase formatted sql")]) { Read = Migrations, Databases = JdbcUrls.In };

    /// <summary>Changelogs with change sets that are no SQL, which nobody reads here.</summary>
    public static IReadOnlyList<string> Unread(SourceTree tree) =>
        [.. tree.Files.Where(file => IsChangelog(tree, file) && ChangeSetInCode().IsMatch(tree.Read(file) ?? ""))];

    private static IReadOnlyList<ForeignMigration> Migrations(SourceTree tree)
    {
        var order = ChangelogOrder.Of(tree, [.. tree.Files.Where(file => IsChangelog(tree, file))]);
        return [.. order.Where(file => SqlFile().IsMatch(file) && tree.Head(file) is { } head && Formatted().IsMatch(head)).SelectMany(file => ChangeSets(file, tree.Read(file) ?? ""))];
    }

    private static bool IsChangelog(SourceTree tree, string file) => Changelog().IsMatch(file) && tree.Head(file)?.Contains("databaseChangeLog", StringComparison.Ordinal) == true;

    private static IEnumerable<ForeignMigration> ChangeSets(string file, string text)
    {
        var heads = ChangeSet().Matches(text);
        for (var at = 0; at < heads.Count; at++)
        {
            var (head, end) = (heads[at], at + 1 < heads.Count ? heads[at + 1].Index : text.Length);
            // Empty lines in front keep every statement on its own line of the file.
            var before = text.AsSpan(0, head.Index).Count('\n');
            var said = head.Groups["said"].Value;
            yield return new($"{file}::{head.Groups["id"].Value}::{head.Groups["author"].Value}", file, new string('\n', before) + Comment().Replace(text[head.Index..end], "-- "), OutsideTransaction().IsMatch(said) ? Carried.OneByOne : Carried.InTransaction)
            {
                Line = before + 1,
                Databases = Dbms().Match(said) is { Success: true } dbms ? dbms.Groups["words"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [],
            };
        }
    }

    [GeneratedRegex(@"(^|/)liquibase[^/]*\.properties$")]
    private static partial Regex Settings();

    [GeneratedRegex(@"\.(xml|ya?ml|json)$")]
    private static partial Regex Changelog();

    [GeneratedRegex(@"\.sql$")]
    private static partial Regex SqlFile();

    [GeneratedRegex(@"^\s*--\s*liquibase\s+formatted\s+sql\b", RegexOptions.IgnoreCase)]
    private static partial Regex Formatted();

    [GeneratedRegex(@"^\s*--\s*changeset\s+(?<author>""[^""]*""|[^:\s]+):(?<id>""[^""]*""|\S+)(?<said>[^\n]*)$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex ChangeSet();

    // Liquibase takes every `--` for a comment, and MySQL only one with a space behind it.
    [GeneratedRegex(@"(?<=^[ \t]*)--(?![ \t\r\n])", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\brunInTransaction\s*:\s*false\b", RegexOptions.IgnoreCase)]
    private static partial Regex OutsideTransaction();

    [GeneratedRegex(@"\bdbms\s*:\s*""?(?<words>[\w!]+(?:\s*,\s*[\w!]+)*)", RegexOptions.IgnoreCase)]
    private static partial Regex Dbms();

    [GeneratedRegex(@"<changeSet\b|^\s*-\s*changeSet\s*:|""changeSet""\s*:", RegexOptions.Multiline)]
    private static partial Regex ChangeSetInCode();
}
