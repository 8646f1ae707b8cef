using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Settings;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>A team accepts findings and says how grave rules are; nothing of that goes unseen.</summary>
public class SettingsDecide
{
    private const string Id = "20260101000000_Tidy";

    [Theory]
    [InlineData("""{ "rule": "drop-table", "because": "b" }""", true)]
    [InlineData("""{ "rule": "drop-table", "migration": "20260101000000_Tidy", "because": "b" }""", true)]
    [InlineData("""{ "rule": "drop-table", "migration": "tidy", "because": "b" }""", true)]
    [InlineData("""{ "rule": "drop-table", "migration": "2026*", "table": "l?gs", "because": "b" }""", true)]
    [InlineData("""{ "rule": "drop-table", "because": "b", "expires": "2026-11-21" }""", true)]
    [InlineData("""{ "rule": "drop-table", "because": "b", "expires": "2026-11-20" }""", false)]
    [InlineData("""{ "rule": "drop-table", "migration": "Tid", "because": "b" }""", false)]
    [InlineData("""{ "rule": "drop-table", "table": "log", "because": "b" }""", false)]
    [InlineData("""{ "rule": "drop-table", "column": "*", "because": "b" }""", false)]
    [InlineData("""{ "rule": "drop-column", "because": "b" }""", false)]
    public void AWaiverOfTheSettings(string waiver, bool waives)
    {
        var finding = Judged("DROP TABLE logs", $"\"waivers\": [{waiver}]").SelectMany(each => each.Findings).Single(found => found.Rule == "drop-table");

        (finding.Waiver is not null).ShouldBe(waives);
        finding.Waiver?.File.ShouldBe(SettingsFile.Name);
        finding.Waiver?.Line.ShouldBe(1);
    }

    [Theory]
    [InlineData("23:59:59", "2026-11-21", true)]
    [InlineData("00:00:00", "2026-11-20", false)]
    public void DaysEndAtMidnightUtc(string time, string expires, bool waives)
    {
        var clock = new Clock(DateTimeOffset.Parse($"2026-11-21T{time}Z", System.Globalization.CultureInfo.InvariantCulture));
        Judged("DROP TABLE logs", $$"""
            "waivers": [{ "rule": "drop-table", "because": "b", "expires": "{{expires}}" }]
            """, clock: clock).SelectMany(each => each.Findings).Any(found => found is { Rule: "drop-table", Waiver: not null }).ShouldBe(waives);
    }

    [Fact]
    public void AnExpiredOneIsSaidAtItsPlace()
    {
        var said = Judged("ALTER TABLE logs ADD COLUMN memo text", "\n\"waivers\": [\n{ \"rule\": \"drop-table\", \"migration\": \"Old\", \"because\": \"b\", \"expires\": \"2026-11-20\" }]")
            .SelectMany(each => each.Findings).Single(found => found.Rule == "bad-waiver");

        said.Severity.ShouldBe(Severity.Careful);
        said.Message.ShouldBe("The waiver of drop-table expired on 2026-11-20 and waives nothing: what it accepted counts again.");
        (said.Origin.File, said.Origin.Line).ShouldBe((SettingsFile.Name, 3));
    }

    [Theory]
    [InlineData("""{ "rule": "drop-table", "migration": "Tidy", "because": "b" }""", true)]
    [InlineData("""{ "rule": "drop-table", "migration": "*", "because": "b" }""", false)]
    [InlineData("""{ "rule": "drop-table", "because": "b" }""", false)]
    [InlineData("""{ "rule": "drop-table", "migration": "Older", "because": "b" }""", false)]
    [InlineData("""{ "rule": "drop-table", "migration": "OfAnotherProject", "because": "b" }""", false)]
    [InlineData("""{ "rule": "prefer-text", "migration": "Tidy", "because": "b" }""", false)]
    public void AnUnusedOneIsSaidWhenAllItSpeaksOfIsUnderReview(string waiver, bool said) =>
        Judged("ALTER TABLE logs ADD COLUMN memo text", $"\"waivers\": [{waiver}]", known: [Id, "20250101000000_Older"])
            .SelectMany(each => each.Findings).Count(found => found.Rule == "unused-suppression").ShouldBe(said ? 1 : 0);

    [Fact]
    public void AndWithoutAMigrationWhenAllAreUnderReview() =>
        Judged("ALTER TABLE logs ADD COLUMN memo text", """
            "waivers": [{ "rule": "drop-table", "because": "b" }]
            """, known: [Id]).SelectMany(each => each.Findings).Single().Rule.ShouldBe("unused-suppression");

    [Fact]
    public void AUsedOneIsNot() =>
        Judged("DROP TABLE logs", """
            "waivers": [{ "rule": "drop-table", "migration": "Tidy", "because": "b" }]
            """, known: [Id]).SelectMany(each => each.Findings).ShouldNotContain(found => found.Rule == "unused-suppression");

    [Theory]
    [InlineData("dangerous", 0)]
    [InlineData("careful", 1)]
    [InlineData("safe", 1)]
    public void ASeverityOfTheSettings(string said, int lowered)
    {
        var judged = Judged("DROP TABLE logs", $$"""
            "severities": { "drop-table": "{{said}}" }
            """);

        judged.SelectMany(each => each.Findings).Single(found => found.Rule == "drop-table").Severity.ToString().ToLowerInvariant().ShouldBe(said);
        Overruled.Lines(Review(judged)).ShouldBe(lowered == 0 ? [] : ["1 lowered by .config/safe-migrate.json"]);
    }

    [Fact]
    public void ARuleThatIsOffIsCounted()
    {
        var judged = Judged("DROP TABLE logs", """
            "severities": { "drop-table": "off" }
            """);

        judged.SelectMany(each => each.Findings).ShouldNotContain(found => found.Rule == "drop-table");
        Overruled.Lines(Review(judged)).ShouldBe(["1 finding turned off by .config/safe-migrate.json"]);
    }

    [Fact]
    public void ARuleOnDesignIsAskedAndCounts()
    {
        const string change = "ALTER TABLE logs ADD COLUMN memo varchar(20)";
        Judged(change, "\"severities\": { }").SelectMany(each => each.Findings).ShouldNotContain(found => found.Rule == "prefer-text");

        var finding = Judged(change, """
            "severities": { "prefer-text": "dangerous" }
            """).SelectMany(each => each.Findings).Single(found => found.Rule == "prefer-text");

        (finding.Severity, finding.Counts).ShouldBe((Severity.Dangerous, true));
    }

    private static IReadOnlyList<ReviewedMigration> Judged(string sql, string settings, IReadOnlyList<string>? known = null, TimeProvider? clock = null)
    {
        var set = RuleCaseRun.Set([(sql, true)], RuleCase.Postgres, RuleCaseRun.Source(new("", null)));
        var named = new ChangeSet([.. set.Migrations.Select(migration => migration with { Id = Id, Changes = [.. migration.Changes.Select(change => change with { Origin = change.Origin with { Migration = Id }, Unterminated = false })] })]);
        var read = SettingsFile.Read($$"""{ "schemaVersion": 1, {{settings}} }""", Path.Combine(Path.GetTempPath(), ".config", "safe-migrate.json"));
        var policy = read.PolicyAt(clock ?? new Clock(new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero))) with { Known = known ?? [] };
        return EfSafeMigrate.Reports.Review.Judge(named, together: true, RuleCaseRun.Engine(RuleCase.Postgres), FactSheet.Unknown, policy: policy);
    }

    private static Review Review(IReadOnlyList<ReviewedMigration> judged) => new()
    {
        Project = "Shop", Engine = RuleCaseRun.Engine(RuleCase.Postgres), Facts = FactSheet.Unknown, Migrations = judged, FailOn = Severity.Dangerous,
    };

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
