using EfSafeMigrate.Facts;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Tests.Rules;
using Spectre.Console;

namespace EfSafeMigrate.Tests.Reports;

/// <summary>What settings and history take out of a report stands in it as a line.</summary>
public class NothingGoesUnsaid
{
    [Fact]
    public void InTheTextAndInTheDocument()
    {
        var review = new Review
        {
            Project = "Shop", Context = "ShopContext", Engine = RuleCaseRun.Engine(RuleCase.Postgres), Facts = FactSheet.Unknown, FailOn = Severity.Dangerous,
            Migrations = [new(new("20260101000000_Tidy", EfSafeMigrate.Changes.DatabaseModel.Empty, []), [], [new(Severity.Careful, "Said.", "seen", EfSafeMigrate.Changes.Cure.Text("Look")) { Rule = "drop-table", Was = Severity.Dangerous }]) { TurnedOff = 2 }],
            Notes = ["The settings say PostgreSQL 12, the server is 16: judged for 16."],
            Baselined = new([], 40, 12),
        };
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });

        new TextReport(console).Write(review);

        text.ToString().ShouldContain("  The settings say PostgreSQL 12, the server is 16: judged for 16.");
        text.ToString().ShouldContain("  2 findings turned off, 1 lowered by .config/safe-migrate.json");
        text.ToString().ShouldContain("  the baseline holds back 40 findings and 12 migrations;");
        using var json = System.Text.Json.JsonDocument.Parse(JsonReport.Of(review));
        json.RootElement.GetProperty("turnedOff").GetInt32().ShouldBe(2);
        json.RootElement.GetProperty("notes").GetArrayLength().ShouldBe(1);
        json.RootElement.GetProperty("baseline").GetProperty("findings").GetInt32().ShouldBe(40);
        json.RootElement.GetProperty("findings")[0].GetProperty("ruleSeverity").GetString().ShouldBe("dangerous");
    }
}
