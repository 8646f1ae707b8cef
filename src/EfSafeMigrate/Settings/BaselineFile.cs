using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Settings;

/// <summary>What <c>.config/safe-migrate.baseline.json</c> accepts in one context of one project.</summary>
internal sealed record AcceptedHistory(string Project, string Context, IReadOnlyList<AcceptedMigration> Migrations);

/// <summary>The accepted history of all projects, beside the settings. It stands in the repository: sorted, and one line for each finding.</summary>
internal static class BaselineFile
{
    public const string Name = ".config/safe-migrate.baseline.json";
    private const int Version = 1;

    /// <returns>The nearest from the directory upwards, or null.</returns>
    public static string? Find(string directory) => Above(directory).Select(folder => Path.Combine(folder, Name)).FirstOrDefault(File.Exists);

    /// <summary>Where a new one goes: beside the settings, else into the root of the repository, else here.</summary>
    public static string Place(string directory) => Find(directory) ?? Path.Combine(
        Above(directory).FirstOrDefault(folder => File.Exists(Path.Combine(folder, SettingsFile.Name)))
        ?? Above(directory).FirstOrDefault(folder => Path.Exists(Path.Combine(folder, ".git"))) ?? directory, Name);

    /// <exception cref="SafeMigrateException">The file is not one that the tool has written.</exception>
    public static IReadOnlyList<AcceptedHistory> Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = new SettingsSection(Name, "", document.RootElement);
            if (root.Number("schemaVersion") != Version)
            {
                throw root.Wrong("schemaVersion", $"is not {Version}", "update the tool, or write the file again: dotnet safe-migrate review --baseline write");
            }
            AcceptedHistory[] read = [.. (root.Sections("projects") ?? []).Select(ReadProject)];
            root.RefuseOthers("$schema");
            return read;
        }
        catch (JsonException exception)
        {
            throw new SafeMigrateException($"`{Name}` is not valid JSON (line {exception.LineNumber + 1}).", "take back the last change of it, or write it again: dotnet safe-migrate review --baseline write");
        }
    }

    private static AcceptedHistory ReadProject(SettingsSection section)
    {
        var read = new AcceptedHistory(section.Needed("project"), section.Needed("context"), [.. (section.Sections("migrations") ?? []).Select(ReadMigration)]);
        section.RefuseOthers();
        return read;
    }

    private static AcceptedMigration ReadMigration(SettingsSection section)
    {
        var read = new AcceptedMigration(section.Needed("id"), section.Text("changes"), [.. (section.Sections("findings") ?? []).Select(ReadFinding)]);
        section.RefuseOthers();
        return read;
    }

    private static AcceptedFinding ReadFinding(SettingsSection section)
    {
        var read = new AcceptedFinding(section.Needed("rule"), section.Text("table"), section.Text("column"));
        section.RefuseOthers();
        return read;
    }

    public static string Write(IEnumerable<AcceptedHistory> projects)
    {
        var text = new StringBuilder().Append("{\n  \"schemaVersion\": 1,\n  \"projects\": [");
        var ordered = projects.OrderBy(project => project.Project, StringComparer.Ordinal).ThenBy(project => project.Context, StringComparer.Ordinal);
        List(text, "\n    ", ordered, project =>
        {
            text.Append("{\n      ").Append(Pairs(("project", project.Project), ("context", project.Context))).Append(",\n      \"migrations\": [");
            List(text, "\n        ", project.Migrations, migration =>
            {
                text.Append("{ ").Append(Pairs(("id", migration.Id), ("changes", migration.Fingerprint))).Append(", \"findings\": [");
                List(text, "\n          ", migration.Findings, finding =>
                    text.Append("{ ").Append(Pairs(("rule", finding.Rule), ("table", finding.Table), ("column", finding.Column))).Append(" }"));
                text.Append(migration.Findings.Count > 0 ? "\n        ] }" : "] }");
            });
            text.Append("\n      ]\n    }");
        });
        return text.Append("\n  ]\n}\n").ToString();
    }

    private static void List<T>(StringBuilder text, string indent, IEnumerable<T> items, Action<T> write)
    {
        var first = true;
        foreach (var item in items)
        {
            text.Append(first ? "" : ",").Append(indent);
            write(item);
            first = false;
        }
    }

    private static string Pairs(params (string Key, string? Value)[] pairs) => string.Join(
        ", ", pairs.Where(pair => pair.Value is not null).Select(pair => $"\"{pair.Key}\": \"{JsonEncodedText.Encode(pair.Value!, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\""));

    private static IEnumerable<string> Above(string directory)
    {
        for (var folder = directory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }
}
