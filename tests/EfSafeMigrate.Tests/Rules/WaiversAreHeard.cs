using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Rules;

public class WaiversAreHeard
{
    private const string Drop = "DROP TABLE orders;";

    [Theory]
    [InlineData("-- safe-migrate: ignore drop-table because nobody reads it\n" + Drop)]
    [InlineData("-- Safe-Migrate: ignore add-primary-key, drop-table because nobody reads it\n-- more\n" + Drop)]
    [InlineData("SELECT 1;\n/* safe-migrate: ignore drop-table because nobody reads it */\n" + Drop)]
    [InlineData("SELECT 1; " + Drop + " -- safe-migrate: ignore drop-table because nobody reads it\nSELECT 2;")]
    [InlineData("DO $$ BEGIN\n  -- safe-migrate: ignore drop-table because nobody reads it\n  " + Drop + "\nEND $$;")]
    [InlineData("-- safe-migrate: ignore drop-table because nobody reads it\nDO $$ BEGIN " + Drop + " END $$;")]
    [InlineData("-- safe-migrate: ignore-file drop-table because nobody reads it\nSELECT 1;\n" + Drop)]
    [InlineData(Drop + "\nSELECT 2;\n/* safe-migrate: ignore-file drop-table\n * because nobody reads it\n */")]
    public void AWaivedFindingStaysAndDoesNotCount(string sql)
    {
        var review = Review(sql);

        var finding = review.Findings.Single(found => found.Rule == "drop-table");
        finding.Waiver.ShouldNotBeNull().Reason.ShouldBe("nobody reads it");
        review.Code.ShouldBe(ExitCode.Clean);
        (review.Migrations.Single().Severity < Severity.Dangerous).ShouldBeTrue();
    }

    [Theory]
    [InlineData("-- safe-migrate: ignore drop-column because nobody reads it\n" + Drop)]
    [InlineData("-- safe-migrate: ignore drop-table because nobody reads it\nSELECT 1;\n" + Drop)]
    [InlineData("SELECT 1; -- safe-migrate: ignore drop-table because nobody reads it\n" + Drop)]
    [InlineData(Drop + "\nSELECT 2;\n-- safe-migrate: ignore drop-table because nobody reads it")]
    [InlineData("-- safe-migrate: ignore drop-table\n" + Drop)]
    [InlineData("SELECT '-- safe-migrate: ignore drop-table because nobody reads it';\n" + Drop)]
    public void WhatAnotherCommentSaysStillCounts(string sql)
    {
        var review = Review(sql);

        review.Findings.Single(found => found.Rule == "drop-table").Waiver.ShouldBeNull();
        review.Code.ShouldBe(ExitCode.Findings);
    }

    [Fact]
    public void WhatCannotBeReadIsWaivedOnlyWithAReason()
    {
        const string opaque = "DO $$ BEGIN EXECUTE current_setting('a.b'); END $$;";

        Review(opaque).Migrations.Single().Severity.ShouldBe(Severity.Careful);
        Review(opaque).Code.ShouldBe(ExitCode.Findings);
        Review($"-- safe-migrate: ignore raw-sql-opaque\n{opaque}").Findings.Select(finding => finding.Rule).ShouldBe(["raw-sql-opaque", "bad-waiver"], ignoreOrder: true);
        Review($"-- safe-migrate: ignore raw-sql-opaque because the setting is empty on every server\n{opaque}", Severity.Careful).Code.ShouldBe(ExitCode.Clean);
    }

    [Fact]
    public void ABadWaiverCannotBeWaived()
    {
        var review = Review("-- safe-migrate: ignore bad-waiver because I may\n-- safe-migrate: ignore drop-table\n" + Drop);

        review.Findings.Single(finding => finding.Rule == "bad-waiver").Waiver.ShouldBeNull();
    }

    [Fact]
    public void AnUnusedWaiverIsSaid()
    {
        var unused = Review("SELECT 1;\n-- safe-migrate: ignore drop-table because nobody reads it\nSELECT 2;").Migrations.Single().UnusedWaivers.ShouldHaveSingleItem();

        (unused.Rule, unused.File, unused.Line).ShouldBe(("drop-table", "a.sql", 2));
        var finding = Review("SELECT 1;\n-- safe-migrate: ignore drop-table because nobody reads it\nSELECT 2;").Findings.ShouldHaveSingleItem();
        (finding.Rule, finding.Severity, finding.Origin.File, finding.Origin.Line).ShouldBe(("unused-suppression", Severity.Careful, "a.sql", 2));
        Review("-- safe-migrate: ignore drop-table because nobody reads it\n" + Drop).Migrations.Single().UnusedWaivers.ShouldBeEmpty();
    }

    private static Review Review(string sql, Severity failOn = Severity.Dangerous)
    {
        var engine = EngineBook.All.Single(each => each.Id == RuleCase.Postgres);
        var model = RuleCaseRun.Source(new("", null));
        var script = new ScriptReader("a.sql", SqlDialect.Postgres, ScriptTransaction.Explicit).Read(sql, model);
        return new()
        {
            Project = "a.sql",
            Engine = engine,
            Facts = FactSheet.Unknown,
            Migrations = EfSafeMigrate.Reports.Review.Judge(script.Changes, together: true, engine, FactSheet.Unknown),
            FailOn = failOn,
        };
    }
}
