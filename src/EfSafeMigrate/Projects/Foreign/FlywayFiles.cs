using System.Text.RegularExpressions;
using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Projects.Foreign;

/// <summary>Flyway: <c>V1_2__name.sql</c> by version, then <c>R__name.sql</c> by name.</summary>
internal static partial class FlywayFiles
{
    public static readonly ForeignTool Tool = new("flyway", "Flyway", [new(Settings()), new(Versioned())]) { Read = Migrations, Databases = JdbcUrls.In };

    private static IReadOnlyList<ForeignMigration> Migrations(SourceTree tree)
    {
        string[] settings = [.. tree.Files.Where(file => Settings().IsMatch(file)).Select(file => WithoutComments(tree.Read(file)))];
        string[] locations = [.. settings.SelectMany(text => Location().Matches(text)).Select(match => match.Groups["path"].Value.Trim('/')).Where(path => !path.Contains('$', StringComparison.Ordinal))];
        var outside = settings.Any(text => OutsideTransaction().IsMatch(text));
        ForeignMigration[] found =
        [
            .. tree.Files.Where(file => locations.Length == 0 || Array.Exists(locations, place => $"/{file}".Contains($"/{(place.StartsWith("./", StringComparison.Ordinal) ? place[2..] : place)}/", StringComparison.Ordinal)))
                .Select(file => (File: file, Name: Path.GetFileName(file))).Where(each => Versioned().IsMatch(each.File) || Repeatable().IsMatch(each.File))
                .OrderBy(each => Order(each.Name), StringComparer.Ordinal).Select(each => Read(tree, each.File, each.Name, outside)),
        ];
        return found.GroupBy(migration => migration.Id).FirstOrDefault(group => group.Skip(1).Any()) is { } twice ? throw ForeignErrors.Twice(Tool, [.. twice.Select(migration => migration.File)]) : found;
    }

    private static ForeignMigration Read(SourceTree tree, string file, string name, bool outside)
    {
        var sql = tree.Read(file) ?? "";
        var isOutside = outside || (tree.Files.Contains($"{file}.conf") && OutsideTransaction().IsMatch(tree.Read($"{file}.conf") ?? "")) || IsOnlyOutside(sql);
        return new(Path.GetFileNameWithoutExtension(name), file, sql, isOutside ? Carried.OneByOne : Carried.InTransaction);
    }

    /// <summary>Flyway sees by itself that a script is nothing but statements which cannot run in a transaction.</summary>
    private static bool IsOnlyOutside(string sql)
    {
        var statements = Comments().Replace(sql, " ").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return statements.Length > 0 && Array.TrueForAll(statements, Outside().IsMatch);
    }

    /// <summary>Versions are numbers, part by part; what is repeated comes last.</summary>
    private static string Order(string name) => name[0] == 'R' ? $"R{name}"
        : $"0{string.Join('.', Version().Match(name).Groups["version"].Value.Split('.', '_').Select(part => part.TrimStart('0').PadLeft(20, '0')))}";

    private static string WithoutComments(string? text) => Remarks().Replace(text ?? "", "");

    [GeneratedRegex(@"(^|/)flyway[^/]*\.(conf|toml)$", RegexOptions.IgnoreCase)]
    private static partial Regex Settings();

    [GeneratedRegex(@"(^|/)V\d+([._]\d+)*__[^/]+\.sql$")]
    private static partial Regex Versioned();

    [GeneratedRegex(@"(^|/)R__[^/]+\.sql$")]
    private static partial Regex Repeatable();

    [GeneratedRegex(@"^V(?<version>\d+(?:[._]\d+)*)__")]
    private static partial Regex Version();

    [GeneratedRegex("""(?:filesystem|classpath):(?<path>[^\s,"'\]]+)""")]
    private static partial Regex Location();

    [GeneratedRegex(@"executeInTransaction\s*=\s*""?false", RegexOptions.IgnoreCase)]
    private static partial Regex OutsideTransaction();

    [GeneratedRegex(@"^\s*#.*$", RegexOptions.Multiline)]
    private static partial Regex Remarks();

    [GeneratedRegex(@"--[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^(?:(?:CREATE\s+(?:UNIQUE\s+)?INDEX|DROP\s+INDEX)\s+CONCURRENTLY|REINDEX\b.*\bCONCURRENTLY|VACUUM|ALTER\s+SYSTEM|(?:CREATE|DROP)\s+(?:DATABASE|TABLESPACE|SUBSCRIPTION))\b", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Outside();
}
