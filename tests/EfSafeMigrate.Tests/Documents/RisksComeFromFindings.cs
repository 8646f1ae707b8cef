using EfSafeMigrate.Changes;
using EfSafeMigrate.Documents;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.Tests.Documents;

public class RisksComeFromFindings
{
    private const string Schema = """CREATE TABLE "Notes" ("Id" bigint PRIMARY KEY, "Title" text NOT NULL, "Rank" integer);""";

    [Theory]
    [InlineData("""CREATE TABLE "Tags" ("Id" bigint PRIMARY KEY)""", "low", "backward compatible")]
    [InlineData("""ALTER TABLE "Notes" DROP COLUMN "Rank" """, "high", "one-shot")]
    [InlineData("""CREATE INDEX "IX_Notes_Title" ON "Notes" ("Title")""", "high", "backward compatible")]
    public void OfAnOrdinaryMigration(string sql, string risk, string strategy)
    {
        var dossier = Ordinary(sql);

        Risk.Of(dossier).Word.ShouldBe(risk, PlanPage.Of(dossier));
        Strategy.Of(dossier).Word.ShouldBe(strategy, PlanPage.Of(dossier));
        var page = PlanPage.Of(dossier);
        foreach (var finding in dossier.Review.Findings.Where(finding => finding.Severity == EfSafeMigrate.Rules.Severity.Dangerous))
        {
            page.ShouldContain($"`{finding.Rule}` in `Change`");
        }
        MarkdownLint.Objections(page).ShouldBeEmpty();
        RunbookPage.Of(dossier).Contains("Stop the running release", StringComparison.Ordinal).ShouldBe(strategy == "one-shot");
    }

    [Fact]
    public void OfPhasesItIsTheContractThatIsDangerous()
    {
        var dossier = Dossiers.Of(PlanCases.Named("rename a required column"));

        Risk.Of(dossier).Level.ShouldBe(RiskLevel.Medium);
        Risk.Of(dossier).Because.ShouldContain("`Change4Contract`");
        Strategy.Of(dossier).Kind.ShouldBe(StrategyKind.Phased);
    }

    /// <summary>What nobody measured may last.</summary>
    [Fact]
    public void ALockOfUnknownLengthIsNoPromise()
    {
        var unknown = Ordinary("""CREATE INDEX "IX_Notes_Title" ON "Notes" ("Title")""");
        LockForecast.Downtime(unknown).ShouldStartWith("unknown: the size of `Notes` was not measured");

        var rows = new FactSheet(Measured.Of(PlanCase.Engine.Assumed)) { Tables = new Dictionary<TableName, TableFacts> { [new(null, "Notes")] = new(Measured.Of(15_000_000L), Measured.Of(1L), Measured.Of(1L)) } };
        LockForecast.Downtime(Ordinary("""CREATE INDEX "IX_Notes_Title" ON "Notes" ("Title")""", rows)).ShouldMatch("^about 1\\d s for `Notes`");
    }

    [Fact]
    public void WhatIsLostIsSaidOfEachStep()
    {
        var page = RollbackPage.Of(Ordinary("""ALTER TABLE "Notes" DROP COLUMN "Rank"; ALTER TABLE "Notes" ADD "Place" integer; CREATE TABLE "Tags" ("Id" bigint PRIMARY KEY)"""));

        page.ShouldContain("| `Change` | The values that Notes.Rank had do not come back.<br>The values of Notes.Place.<br>The rows of Tags. |");
        page.ShouldContain("`Change`. ");
    }

    /// <summary>A value that was not there before is no loss, and one that was is.</summary>
    [Theory]
    [InlineData("""ALTER TABLE "Notes" ADD "Place" integer; UPDATE "Notes" SET "Place" = 1""", "| `Change` | The values of Notes.Place. |")]
    [InlineData("""UPDATE "Notes" SET "Rank" = 1""", "| `Change` | The values that were overwritten in Notes do not come back. |")]
    public void WhatIsOverwrittenIsLost(string sql, string row) => RollbackPage.Of(Ordinary(sql)).ShouldContain(row);

    private static Dossier Ordinary(string sql, FactSheet? facts = null)
    {
        var dialect = SqlDialect.Of(PlanCase.Engine.Id);
        var model = StatementReader.Read(Schema, dialect, DatabaseModel.Empty).Aggregate(DatabaseModel.Empty, Evolution.After);
        const string Id = "20260101000000_Change";
        var changes = StatementReader.Read(sql, dialect, model).Select((change, at) => change with { Origin = new(Id, at, "Sql"), Unterminated = false }).ToArray();
        var migration = new MigrationChanges(Id, model, changes) { Commands = [.. changes.Select((_, at) => new Command($"-- {at}", false, [at]))] };
        var review = new Review
        {
            Project = "Notes", Context = "NotesContext", EfVersion = "10.0.14", Provider = PlanCase.Engine.Providers[0], ProviderVersion = "10.0.0", Engine = PlanCase.Engine,
            Facts = facts ?? FactSheet.Unknown, Migrations = Review.Judge(new([migration]), together: true, PlanCase.Engine, facts ?? FactSheet.Unknown), FailOn = null,
        };
        return new(review, new SafeMigrateSettings(), ToolCalls.Plain) { Known = [Id] };
    }
}
