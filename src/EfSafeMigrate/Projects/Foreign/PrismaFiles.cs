using System.Text.RegularExpressions;
using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Projects.Foreign;

/// <summary>Prisma: <c>migrations/20240131093000_name/migration.sql</c> beside <c>migration_lock.toml</c>.</summary>
internal static partial class PrismaFiles
{
    public static readonly ForeignTool Tool = new("prisma", "Prisma", [new(LockFile()), new(Schema(), "datasource ")]) { Read = Migrations, Databases = Databases };

    // Prisma sends each file to PostgreSQL as one text; a file of a single statement is in no transaction.
    private static IReadOnlyList<ForeignMigration> Migrations(SourceTree tree)
    {
        var found = tree.Files.Select(file => Migration().Match(file)).Where(match => match.Success && !tree.Files.Contains($"{match.Groups["folder"].Value}/{match.Groups["name"].Value}/snapshot.json")).ToArray();
        ForeignErrors.RefuseSeveral(Tool, [.. found.Select(match => match.Groups["folder"].Value)]);
        return
        [
            .. found.OrderBy(match => match.Groups["name"].Value, StringComparer.Ordinal)
                .Select(match => new ForeignMigration(match.Groups["name"].Value, match.Value, tree.Read(match.Value) ?? "", Carried.AsBatch)),
        ];
    }

    private static IReadOnlyList<string> Databases(SourceTree tree) =>
    [
        .. tree.Files.Where(file => LockFile().IsMatch(file)).Select(file => Provider().Match(tree.Read(file) ?? ""))
            .Concat(tree.Files.Where(file => Schema().IsMatch(file)).Select(file => Datasource().Match(tree.Read(file) ?? "")))
            .Where(match => match.Success).Select(match => match.Groups["word"].Value).Take(1),
    ];

    [GeneratedRegex(@"(^|/)migrations/migration_lock\.toml$")]
    private static partial Regex LockFile();

    [GeneratedRegex(@"\.prisma$")]
    private static partial Regex Schema();

    [GeneratedRegex(@"^(?<folder>(?:.*/)?migrations)/(?<name>[^/]+)/migration\.sql$")]
    private static partial Regex Migration();

    [GeneratedRegex("""^\s*provider\s*=\s*"(?<word>\w+)"\s*$""", RegexOptions.Multiline)]
    private static partial Regex Provider();

    [GeneratedRegex("""datasource\s+\w+\s*\{[^}]*?\bprovider\s*=\s*"(?<word>\w+)"[^}]*\}""")]
    private static partial Regex Datasource();
}
