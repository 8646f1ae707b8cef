using EfSafeMigrate.Commands;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.Tests.Commands;

/// <summary>The settings say which server migrations are for; who asks the server, or is told by the call, knows better.</summary>
public class ServersAreDeclared
{
    [Theory]
    [InlineData(null, "postgresql", false, "12.3")]
    [InlineData("postgresql", "postgresql", false, "12.3")]
    [InlineData("mariadb", "postgresql", false, null)]
    [InlineData("postgresql", "postgresql", true, "12.3")]
    [InlineData(null, "postgresql", true, null)]
    public void ForTheEngineThatIsMeant(string? engine, string judged, bool apart, string? version)
    {
        var facts = Terms("12.3", engine).Over(FactSheet.Unknown, RuleCaseRun.Engine(judged), apart);

        (facts.Version.Known ? $"{facts.Version.Value}" : null).ShouldBe(version);
        facts.Edition.ShouldBe(version is null ? null : "Standard");
    }

    [Fact]
    public void BelowTheServerAndTheCall()
    {
        var measured = new FactSheet(Measured.Of(new EngineVersion(16, 2))) { Edition = "Enterprise" };

        var facts = Terms("12").Over(measured, RuleCaseRun.Engine(RuleCase.Postgres), apart: false);
        var given = new GivenFacts(new EngineVersion(14), []).Over(Terms("12").Over(FactSheet.Unknown, RuleCaseRun.Engine(RuleCase.Postgres), apart: false));

        (facts.Version.Value, facts.Edition).ShouldBe((new EngineVersion(16, 2), "Enterprise"));
        given.Version.Value.ShouldBe(new EngineVersion(14));
    }

    [Theory]
    [InlineData("16", null)]
    [InlineData("16.2", null)]
    [InlineData("16.1", "The settings say PostgreSQL 16.1, the server is 16.2: judged for 16.2.")]
    [InlineData("12", "The settings say PostgreSQL 12, the server is 16.2: judged for 16.2.")]
    public void ADisagreementIsSaid(string said, string? sentence)
    {
        var measured = new FactSheet(Measured.Of(new EngineVersion(16, 2))) { Edition = "standard" };

        Terms(said).Disagreements(measured, RuleCaseRun.Engine(RuleCase.Postgres)).ShouldBe(sentence is null ? [] : [sentence]);
        Terms(said).Disagreements(FactSheet.Unknown, RuleCaseRun.Engine(RuleCase.Postgres)).ShouldBeEmpty();
        Terms(said).Disagreements(measured with { Edition = "Web" }, RuleCaseRun.Engine(RuleCase.Postgres)).ShouldContain("The settings say edition Standard, the server is Web: judged for Web.");
    }

    private static ReviewTerms Terms(string version, string? engine = null) =>
        new(new SafeMigrateSettings { Engine = engine, ServerVersion = EngineVersion.TryParse(version, out var parsed) ? parsed : null, Edition = "Standard" }, Policy.None, Advice: false, FailOn: null);
}
