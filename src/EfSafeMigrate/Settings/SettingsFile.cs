using System.Text.Json;
using EfSafeMigrate.Engines;
using Humanizer;

namespace EfSafeMigrate.Settings;

/// <summary>Finds and reads <c>.config/safe-migrate.json</c>: nearest first, from the working directory upwards.</summary>
internal static class SettingsFile
{
    public const string Name = ".config/safe-migrate.json";
    private const int Version = 1;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="SafeMigrateException">The file says something that has no meaning; nothing of it is passed over.</exception>
    public static SafeMigrateSettings Find(string directory)
    {
        for (var folder = directory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var file = Path.Combine(folder, ".config", "safe-migrate.json");
            if (File.Exists(file))
            {
                return Read(File.ReadAllText(file), file);
            }
        }
        return new SafeMigrateSettings();
    }

    public static SafeMigrateSettings Read(string text, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            var settings = Read(new SettingsSection(Name, "", document.RootElement), Path.GetDirectoryName(file)!);
            return settings with { File = file, Waivers = ReviewSettings.Placed(settings.Waivers, text) };
        }
        catch (JsonException exception)
        {
            throw new SafeMigrateException($"`{Name}` is not valid JSON (line {exception.LineNumber + 1}).", "mend the file; comments and trailing commas are allowed");
        }
    }

    private static SafeMigrateSettings Read(SettingsSection root, string folder)
    {
        var defaults = new SafeMigrateSettings();
        var version = root.Number("schemaVersion") ?? throw root.Wrong("schemaVersion", "is missing", $"add \"schemaVersion\": {Version}");
        if (version != Version)
        {
            throw root.Wrong("schemaVersion", $"is {version:0.##}, and this version of the tool reads {Version}", "update the tool, or say 1");
        }
        var settings = new SafeMigrateSettings
        {
            Engine = ReadEngine(root),
            Protected = root.Section("protected") is { } targets ? ReadTargets(targets) : defaults.Protected,
            Approval = root.Section("approval") is { } approval ? ReadApproval(approval, folder) : defaults.Approval,
            Hooks = root.Texts("hooks") ?? defaults.Hooks,
            HookTimeout = root.Duration("hookTimeout") ?? defaults.HookTimeout,
            Notify = root.Text("notify"),
            Watch = root.Texts("watch") ?? defaults.Watch,
            Verify = root.Texts("verify") ?? defaults.Verify,
            LockBudgetMilliseconds = root.Number("lockBudgetMilliseconds"),
            RefusesDrift = ReadDrift(root),
            QuietPeriod = root.Duration("quietPeriod") ?? defaults.QuietPeriod,
            Backup = root.Section("backup") is { } backup ? BackupTerms.Read(backup, folder) : defaults.Backup,
            Backfill = root.Section("backfill") is { } backfill ? BackfillTerms.Read(backfill, folder) : defaults.Backfill,
            Contacts = root.Texts("contacts") ?? defaults.Contacts,
            Rollback = root.Section("rollback") is { } rollback ? ReadRollback(rollback) : defaults.Rollback,
            ReleaseCommand = root.Section("release") is { } release ? ReadRelease(release) : null,
            Waivers = ReviewSettings.Waivers(root),
            Severities = ReviewSettings.Severities(root),
            Naming = ReviewSettings.Naming(root),
            ServerVersion = ReviewSettings.ServerVersion(root),
            Edition = root.Text("edition"),
            FailOn = ReviewSettings.FailOn(root),
            Gates = root.Section("gates") is { } gates ? ReadGates(gates) : defaults.Gates,
            TestProject = ReadTestProject(root, folder),
        };
        root.RefuseOthers("$schema");
        return settings;
    }

    private static GateTerms ReadGates(SettingsSection section)
    {
        var terms = new GateTerms { UnversionedApi = OneOf<Gate>(section, "unversionedApi"), UntestedMigration = OneOf<Gate>(section, "untestedMigration") };
        section.RefuseOthers();
        return terms;
    }

    private static string? ReadTestProject(SettingsSection root, string folder) => root.Text("testProject") is not { } path ? null
        : string.IsNullOrWhiteSpace(path) ? throw root.Wrong("testProject", "is empty", "leave it out, or name a project") : Path.GetFullPath(path, folder);

    private static RollbackTerms ReadRollback(SettingsSection section)
    {
        var terms = new RollbackTerms { Flags = section.List("flags") ?? [] };
        section.RefuseOthers();
        return terms;
    }

    private static string ReadRelease(SettingsSection section)
    {
        var command = section.Needed("command");
        section.RefuseOthers();
        return command;
    }

    private static bool ReadDrift(SettingsSection root) => root.Text("drift") switch
    {
        null or "warn" => false,
        "refuse" => true,
        var said => throw root.Wrong("drift", $"is `{said}`, which has no meaning", "say warn or refuse"),
    };

    private static string? ReadEngine(SettingsSection root) => root.Text("engine") is not { } id || EngineBook.All.Any(engine => engine.Id == id)
        ? root.Text("engine")
        : throw root.Wrong("engine", $"is `{id}`, which is no engine here", $"say one of {string.Join(", ", EngineBook.All.Select(engine => engine.Id))}");

    private static ProtectedTargets ReadTargets(SettingsSection section)
    {
        var defaults = new ProtectedTargets();
        var targets = new ProtectedTargets
        {
            Environments = section.List("environments") ?? defaults.Environments,
            Servers = section.List("servers") ?? defaults.Servers,
            Databases = section.List("databases") ?? defaults.Databases,
            Backup = OneOf<BackupNeed>(section, "backup"),
            Rehearsal = OneOf<RehearsalNeed>(section, "rehearsal"),
        };
        section.RefuseOthers();
        return targets;
    }

    private static T OneOf<T>(SettingsSection section, string key) where T : struct, Enum
    {
        var known = Enum.GetValues<T>().ToDictionary(value => value.ToString().Camelize());
        return section.Text(key) is not { } said ? default
            : known.TryGetValue(said, out var found) ? found : throw section.Wrong(key, $"is `{said}`, which has no meaning", $"say {string.Join(" or ", known.Keys)}");
    }

    private static ApprovalSettings ReadApproval(SettingsSection section, string folder)
    {
        var defaults = new ApprovalSettings();
        var approvers = section.Texts("approvers") ?? defaults.Approvers;
        var approval = new ApprovalSettings
        {
            Expires = section.Duration("expires") ?? defaults.Expires,
            ApproverIsNotAuthor = section.Flag("approverIsNotAuthor") ?? defaults.ApproverIsNotAuthor,
            Approvers = approvers.ToDictionary(approver => approver.Key, approver => PublicKey(section, approver.Key, approver.Value, folder)),
        };
        section.RefuseOthers();
        return approval;
    }

    /// <summary>The key itself, or a file beside the settings that holds it.</summary>
    private static string PublicKey(SettingsSection section, string name, string value, string folder)
    {
        if (value.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            return value;
        }
        var path = Path.GetFullPath(value, folder);
        return File.Exists(path) ? File.ReadAllText(path)
            : throw section.Wrong($"approvers.{name}", $"names the file `{value}`, which is not there", "give a public key as PEM, or a file that holds one, relative to the settings");
    }
}
