using System.Text.Json;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>The judged schema changes of <c>Data/cases.jsonl</c>.</summary>
public class CorpusIsJudged
{
    /// <summary>Where the tool and the corpus differ, and why the tool stays as it is.</summary>
    private static readonly Dictionary<string, string> Differs = new()
    {
        ["pg-execute-dynamic"] = "on PostgreSQL 15.18 it takes the lock and the column that the literal alone takes (AnExecutedLiteralIsSql): drop-column says so, and nothing is opaque",
    };

    public static TheoryData<string> CaseIds => [.. All().Select(Id)];

    [Theory, MemberData(nameof(CaseIds))]
    public void As_the_corpus_says(string id)
    {
        var @case = All().Single(each => Id(each) == id);
        var expected = Enum.Parse<Severity>(Text(@case, "expected"), ignoreCase: true);
        var findings = Judge(@case);
        var said = string.Join('\n', findings.Select(finding => $"{finding.Rule}: {FindingText.Of(finding)}"));
        var gravest = findings.Select(finding => finding.Severity).DefaultIfEmpty(Severity.Safe).Max();
        var ids = Ids(@case);
        var agrees = gravest == expected && (ids.Count == 0 || findings.Any(finding => ids.Contains(finding.Rule)));
        agrees.ShouldBe(!Differs.ContainsKey(id), $"{Text(@case, "sql")}\nexpected {expected} by {string.Join(" or ", ids)}: {Text(@case, "why")}\n{said}");
    }

    [Fact]
    public void And_every_difference_is_one_of_its_cases() => Differs.Keys.ShouldBeSubsetOf(All().Select(Id));

    /// <param name="written">How the SQL is written instead.</param>
    internal static IReadOnlyList<Finding> Judge(JsonElement @case, Func<string, string>? written = null)
    {
        var engine = RuleCaseRun.Engine(Text(@case, "engine"));
        var dialect = SqlDialect.Of(engine.Id);
        written ??= sql => sql;
        var model = StatementReader.Read(written(Setup(@case)), dialect, DatabaseModel.Empty).Aggregate(DatabaseModel.Empty, Evolution.After);
        var ids = Ids(@case);
        var set = RuleCaseRun.Set([(written(Text(@case, "sql")), Text(@case, "tx") != "none")], engine.Id, model);
        var script = new ChangeSet([.. set.Migrations.Select(migration => migration with { IsScript = true })]);
        // The corpus counts the absence of a timeout only where a case is about timeouts; advice on design is severity safe everywhere else.
        return
        [
            .. RuleBook.Judge(script, engine, new(Measured.Of(Version(@case, engine))) { Edition = Edition(@case) }, advice: true)
                .Where(finding => ids.Contains(finding.Rule) || !(finding.IsAdvice || finding.Rule.EndsWith("-timeout", StringComparison.Ordinal))),
        ];
    }

    /// <summary>The schema the case starts from.</summary>
    internal static string Setup(JsonElement @case) =>
        Data.Text($"cases-base.{Text(@case, "engine")}.sql") + "\n;" + Text(@case, "setup");

    private static EngineVersion Version(JsonElement @case, Engine engine)
    {
        var version = engine.Assumed;
        if (EngineVersion.TryParse(Text(@case, "min_version"), out var min) && version < min)
        {
            version = min;
        }
        return EngineVersion.TryParse(Text(@case, "max_version"), out var max) && version > max ? max : version;
    }

    /// <summary>A case is about each of its editions; they are of one kind.</summary>
    private static string? Edition(JsonElement @case) => Text(@case, "edition") is { Length: > 0 } editions ? editions.Split('|')[0] : null;

    internal static IEnumerable<JsonElement> All() =>
        from line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "cases.jsonl"))
        where line.Length > 0
        let @case = JsonDocument.Parse(line).RootElement
        where EngineBook.All.Any(engine => engine.Id == Text(@case, "engine"))
        select @case;

    private static List<string> Ids(JsonElement @case) => [.. @case.GetProperty("rules").EnumerateArray().Select(rule => rule.GetString()!)];

    internal static string Id(JsonElement @case) => Text(@case, "id");

    internal static string Text(JsonElement @case, string name) => @case.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
