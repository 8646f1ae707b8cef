using System.Text.RegularExpressions;
using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Projects.Foreign;

/// <summary>The database that programs on the JVM connect to: <c>jdbc:postgresql://…</c> in the files that hold such a URL.</summary>
internal static partial class JdbcUrls
{
    /// <summary>The schemes of all URLs, each once.</summary>
    public static IReadOnlyList<string> In(SourceTree tree) =>
    [
        .. tree.Files.Where(file => Settings().IsMatch(file)).SelectMany(file => Url().Matches(tree.Read(file) ?? "")).Select(match => match.Groups["word"].Value).Distinct(),
    ];

    [GeneratedRegex(@"(^|/)(flyway[^/]*\.(conf|toml)|liquibase[^/]*\.properties|application[^/]*\.(properties|ya?ml)|pom\.xml|build\.gradle(\.kts)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Settings();

    [GeneratedRegex(@"^(?!\s*#).*?\bjdbc:(?:tc:)?(?<word>\w+):", RegexOptions.Multiline)]
    private static partial Regex Url();
}
