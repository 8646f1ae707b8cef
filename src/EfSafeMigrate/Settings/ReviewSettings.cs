using System.Globalization;
using System.Text;
using System.Text.Json;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Settings;

/// <summary>Reads the part of the settings that <c>review</c> follows.</summary>
internal static class ReviewSettings
{
    private const string Waived = "waivers";
    private const string Off = "off";

    private static readonly string[] Thresholds = ["careful", "dangerous", "never"];

    public static IReadOnlyList<StandingWaiver> Waivers(SettingsSection root) => [.. (root.Sections(Waived) ?? []).Select(Waiver)];

    private static StandingWaiver Waiver(SettingsSection section)
    {
        var rule = section.Text("rule") ?? throw section.Wrong("rule", "is missing", "name the rule whose findings are accepted");
        CheckRule(section, "rule", rule, $"names `{rule}`, which is no rule");
        if (rule == Policy.Fixed[0])
        {
            throw section.Wrong("rule", $"names `{rule}`, which nobody can waive", "mend the waiver that it speaks of");
        }
        var reason = section.Text("because");
        var read = new StandingWaiver(new Waiver(rule, reason?.Trim(), "")
        {
            Home = WaiverHome.Settings,
            File = SettingsFile.Name,
            Expires = Day(section, "expires"),
        })
        {
            Migration = section.Text("migration"),
            Table = section.Text("table"),
            Column = section.Text("column"),
        };
        section.RefuseOthers();
        return string.IsNullOrWhiteSpace(reason) ? throw section.Wrong("because", "is missing", "say why the risk is taken: somebody asks later") : read;
    }

    public static IReadOnlyDictionary<string, Severity?> Severities(SettingsSection root)
    {
        if (root.Section("severities") is not { } section)
        {
            return new Dictionary<string, Severity?>();
        }
        var read = section.Keys.ToDictionary(rule => rule, rule => Severity(section, rule));
        section.RefuseOthers();
        return read;
    }

    private static Severity? Severity(SettingsSection section, string rule)
    {
        var said = section.Text(rule);
        CheckRule(section, rule, rule, "is no rule");
        if (Policy.Fixed.Contains(rule))
        {
            throw section.Wrong(rule, "keeps its severity: it speaks of what is not judged, or not accepted", "accept a statement with a reason where it stands; mend a waiver, or take it out");
        }
        return said?.ToLowerInvariant() switch
        {
            "safe" => Rules.Severity.Safe,
            "careful" => Rules.Severity.Careful,
            "dangerous" => Rules.Severity.Dangerous,
            Off => null,
            _ => throw section.Wrong(rule, $"is `{said}`, which is no severity", "say safe, careful, dangerous or off"),
        };
    }

    public static NamingAgreement Naming(SettingsSection root)
    {
        if (root.Section("naming") is not { } section)
        {
            return NamingAgreement.None;
        }
        var read = new Dictionary<string, AgreedForm>();
        foreach (var kind in NamingAgreement.Kinds.Keys)
        {
            if (section.Text(kind) is { } said)
            {
                read[kind] = AgreedForm.Of(said) ?? throw section.Wrong(kind, $"is `{said}`, which is no style and no regular expression", "say snake_case, PascalCase or camelCase, or give an expression without look-around and back references");
            }
        }
        section.RefuseOthers();
        return new(read);
    }

    public static EngineVersion? ServerVersion(SettingsSection root) => root.Text("serverVersion") is not { } text ? null
        : EngineVersion.TryParse(text, out var version) ? version
        : throw root.Wrong("serverVersion", $"is `{text}`, which is no version", "say for example \"15\"");

    public static string? FailOn(SettingsSection root) => root.Text("failOn") is not { } said ? null
        : Thresholds.Contains(said.ToLowerInvariant()) ? said.ToLowerInvariant()
        : throw root.Wrong("failOn", $"is `{said}`, which is no threshold", $"say one of {string.Join(", ", Thresholds)}");

    /// <summary>Each with the line in which its entry begins.</summary>
    public static IReadOnlyList<StandingWaiver> Placed(IReadOnlyList<StandingWaiver> waivers, string text)
    {
        if (waivers.Count == 0)
        {
            return waivers;
        }
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var (placed, inside) = (new List<StandingWaiver>(), false);
        while (reader.Read() && placed.Count < waivers.Count)
        {
            inside = reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } ? reader.ValueTextEquals(Waived) : inside;
            if (inside && reader is { TokenType: JsonTokenType.StartObject, CurrentDepth: 2 })
            {
                var line = 1 + bytes.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
                placed.Add(waivers[placed.Count] with { Waiver = waivers[placed.Count].Waiver with { Line = line } });
            }
        }
        return placed;
    }

    private static DateOnly? Day(SettingsSection section, string key) => section.Text(key) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw section.Wrong(key, $"is `{text}`, which is no day", "write year, month and day, for example \"2027-01-31\": the last day it holds");

    private static void CheckRule(SettingsSection section, string key, string rule, string what)
    {
        if (!RuleBook.Rules.Any(known => known.Id == rule))
        {
            throw section.Wrong(key, what, RuleBook.Nearest(rule) is { } nearest ? $"did you mean {nearest}?" : "docs/rules/README.md lists the rules");
        }
    }
}
