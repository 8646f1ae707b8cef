using EfSafeMigrate.Projects.Foreign;
using EfSafeMigrate.Projects.Source;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Commands;

/// <summary>What is to be known where migrations of other tools stand, a sentence each.</summary>
internal static class ForeignNotes
{
    /// <param name="found">The tool under review.</param>
    /// <param name="others">Every tool that is here.</param>
    public static IReadOnlyList<string> Of(FoundTool found, IReadOnlyList<FoundTool> others, SourceTree tree) =>
    [
        $"{found.Tool.Name} goes on applying these migrations: they are judged here, and no other command knows them yet.",
        .. found.Tool == LiquibaseFiles.Tool && LiquibaseFiles.Unread(tree) is { Count: > 0 } unread
            ? [$"{Say.List([.. unread.Take(3)])} {(unread.Count > 3 ? $"and {unread.Count - 3} more hold" : unread.Count == 1 ? "holds" : "hold")} change sets that are no SQL, which are not read: liquibase update-sql | dotnet safe-migrate review --sql - --engine ENGINE   judges them."]
            : Array.Empty<string>(),
        .. others.Where(other => other.Tool != found.Tool).Select(Beside),
    ];

    /// <summary>What is said in a review of EF's migrations; null where no other tool is.</summary>
    public static string? BesideEf(IReadOnlyList<FoundTool> found) => found.Count == 0 ? null
        : $"{Say.List([.. found.Select(each => $"{each.Tool.Name} ({each.File})")])} {(found.Count == 1 ? "is" : "are")} here too, and not part of this review{(found.FirstOrDefault(each => each.Tool.KeepsSql) is { } sql ? $": --tool {sql.Tool.Id} judges what {sql.Tool.Name} keeps" : "")}.";

    private static string Beside(FoundTool other) => other.Tool.KeepsSql
        ? $"{other.Tool.Name} is here too ({other.File}): --tool {other.Tool.Id} judges what it keeps."
        : $"{other.Tool.Name} keeps {other.Tool.Code} here ({other.File}), which is not read: {other.Tool.Prints}.";
}
