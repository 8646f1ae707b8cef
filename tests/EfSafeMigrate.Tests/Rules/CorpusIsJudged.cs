using System.Text.Json;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>The judged schema changes of <c>Data/cases.jsonl</c>, as far as the rules here reach.</summary>
public class CorpusIsJudged
{
    private static readonly HashSet<string> Known = [.. RuleBook.Rules.Select(rule => rule.Id), "ef-suspicious-rename"];

    /// <summary>Where the tool and the corpus differ, and why the tool stays as it is.</summary>
    private static readonly Dictionary<string, string> Differs = [];

    /// <summary>Engines whose cases are judged by severity even where the corpus names a rule that is not here.</summary>
    private static readonly HashSet<string> Spoken = ["mysql", "mariadb"];

    /// <summary>Cases that wait for the only rule that speaks of them.</summary>
    private static readonly HashSet<string> Unwritten =
        ["my-addcol-nullable-57", "my-addcol-after-pre-8029", "my-modify-drops-attributes", "my-inline-references", "my-lock-wait-timeout-missing"];

    public static TheoryData<string> Ids => [.. Cases().Select(Id)];

    [Theory, MemberData(nameof(Ids))]
    public void As_the_corpus_says(string id)
    {
        var @case = Cases().Single(each => Id(each) == id);
        var expected = Enum.Parse<Severity>(Text(@case, "expected"), ignoreCase: true);
        var findings = Judge(@case);
        var said = string.Join('\n', findings.Select(finding => $"{finding.Rule}: {FindingText.Of(finding)}"));
        var gravest = findings.Select(finding => finding.Severity).DefaultIfEmpty(Severity.Safe).Max();
        (gravest == expected).ShouldBe(!Differs.ContainsKey(id), $"{Text(@case, "sql")}\nexpected {expected}: {Text(@case, "why")}\n{said}");
    }

    [Fact]
    public void And_every_difference_is_one_of_its_cases() => Differs.Keys.ShouldBeSubsetOf(Cases().Select(Id));

    private static IReadOnlyList<Finding> Judge(JsonElement @case)
    {
        var engine = RuleCaseRun.Engine(Text(@case, "engine"));
        var dialect = SqlDialect.Of(engine.Id);
        var setup = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", $"cases-base.{engine.Id}.sql")) + "\n;" + Text(@case, "setup");
        var model = StatementReader.Read(setup, dialect, DatabaseModel.Empty).Aggregate(DatabaseModel.Empty, Evolution.After);
        var set = RuleCaseRun.Set([(Text(@case, "sql"), Text(@case, "tx") != "none")], engine.Id, model);
        return RuleBook.Judge(set, engine, new(Measured.Of(Version(@case, engine))));
    }

    private static EngineVersion Version(JsonElement @case, Engine engine)
    {
        var version = engine.Assumed;
        if (EngineVersion.TryParse(Text(@case, "min_version"), out var min) && version < min)
        {
            version = min;
        }
        return EngineVersion.TryParse(Text(@case, "max_version"), out var max) && version > max ? max : version;
    }

    private static IEnumerable<JsonElement> Cases() =>
        from line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "cases.jsonl"))
        where line.Length > 0
        let @case = JsonDocument.Parse(line).RootElement
        where EngineBook.All.Any(engine => engine.Id == Text(@case, "engine"))
        let rules = @case.GetProperty("rules").EnumerateArray().Select(rule => rule.GetString()!).ToList()
        where rules.Count == 0 || rules.Exists(Known.Contains) || Spoken.Contains(Text(@case, "engine"))
        where !Unwritten.Contains(Id(@case))
        select @case;

    private static string Id(JsonElement @case) => Text(@case, "id");

    private static string Text(JsonElement @case, string name) => @case.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
