using System.Text.Json;
using System.Text.RegularExpressions;
using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Projects.Foreign;

/// <summary>Drizzle: <c>drizzle/0000_name.sql</c>, listed in <c>meta/_journal.json</c>, or a folder with a <c>snapshot.json</c> for each.</summary>
internal static partial class DrizzleFiles
{
    public static readonly ForeignTool Tool = new("drizzle", "Drizzle", [new(Config()), new(Journal(), "\"entries\"")]) { Read = Migrations, Databases = Databases };

    private const string Breakpoint = "--> statement-breakpoint";

    // A comment for every engine: MySQL takes `-->` for an operator.
    private const string EndOfStatement = ";-- statement-breakpoint ";

    private static IReadOnlyList<ForeignMigration> Migrations(SourceTree tree)
    {
        var journals = tree.Files.Where(file => Journal().IsMatch(file) && tree.Head(file)?.Contains("\"entries\"", StringComparison.Ordinal) == true).ToArray();
        var folders = tree.Files.Select(file => Migration().Match(file)).Where(match => match.Success && tree.Files.Contains($"{match.Groups["folder"].Value}{match.Groups["name"].Value}/snapshot.json")).ToArray();
        ForeignErrors.RefuseSeveral(Tool, [.. journals.Concat(folders.Select(match => match.Groups["folder"].Value + "meta/_journal.json")).Select(file => file[..^"/meta/_journal.json".Length])]);
        return journals is [var journal]
            ? [.. Entries(tree, journal).Select(tag => Read(tree, tag, $"{journal[..^"meta/_journal.json".Length]}{tag}.sql", journal))]
            : [.. folders.OrderBy(match => match.Groups["name"].Value, StringComparer.Ordinal).Select(match => Read(tree, match.Groups["name"].Value, match.Value, match.Value))];
    }

    private static ForeignMigration Read(SourceTree tree, string id, string file, string journal) => new(
        id, file, (tree.Read(file) ?? throw ForeignErrors.Missing(file, journal)).Replace(Breakpoint, EndOfStatement, StringComparison.Ordinal), Carried.InTransaction);

    private static IReadOnlyList<string> Entries(SourceTree tree, string journal)
    {
        try
        {
            using var document = JsonDocument.Parse(tree.Read(journal) ?? "");
            return
            [
                .. document.RootElement.GetProperty("entries").EnumerateArray().Select(entry => (At: entry.GetProperty("idx").GetInt32(), Tag: entry.GetProperty("tag").GetString()!))
                    .OrderBy(entry => entry.At).Select(entry => entry.Tag),
            ];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new SafeMigrateException($"`{journal}` is no journal of {Tool.Name}.", "npx drizzle-kit check   says what is wrong with it");
        }
    }

    private static IReadOnlyList<string> Databases(SourceTree tree) =>
    [
        .. tree.Files.Where(file => Journal().IsMatch(file) || Config().IsMatch(file)).Select(file => Dialect().Match(tree.Read(file) ?? ""))
            .Where(match => match.Success).Select(match => match.Groups["word"].Value).Distinct(),
    ];

    [GeneratedRegex(@"(^|/)drizzle[^/]*\.config\.([cm]?[jt]s|json)$")]
    private static partial Regex Config();

    [GeneratedRegex(@"/meta/_journal\.json$")]
    private static partial Regex Journal();

    [GeneratedRegex(@"^(?<folder>(?:.*/)?)(?<name>\d{14}_[^/]+)/migration\.sql$")]
    private static partial Regex Migration();

    [GeneratedRegex("""\bdialect["']?\s*:\s*["'](?<word>\w+)["']""")]
    private static partial Regex Dialect();
}
