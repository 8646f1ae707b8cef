using EfSafeMigrate.Commands;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Tests.Projects.Repositories;

namespace EfSafeMigrate.Tests.Commands;

/// <summary>What a person is told of a branch, without a build.</summary>
public sealed class BranchesAreReviewed : IDisposable
{
    private const string Initial = "20260101000000_Initial";
    private const string Vat = "20260201000000_AddVat";
    private const string Tier = "20260301000000_AddTier";

    private readonly Clone clone = new();

    public BranchesAreReviewed()
    {
        clone.Migrate(Initial, "Id");
        clone.Migrate(Vat, "Id", "Vat");
        clone.Commit();
        clone.Git("switch", "-q", "-c", "topic");
    }

    public void Dispose() => clone.Dispose();

    [Fact]
    public async Task A_clean_branch_passes()
    {
        clone.Migrate(Tier, "Id", "Vat", "Tier");

        var review = await ReviewAsync("main");
        review.Code.ShouldBe(0);
        review.Chosen.ShouldBe("1 migration that main does not have");
        review.Migrations.ShouldHaveSingleItem().Migration.Id.ShouldBe(Tier);
    }

    [Fact]
    public async Task An_edited_migration_fails()
    {
        clone.Migrate(Tier, "Id", "Vat", "Tier");
        clone.Write($"Migrations/{Vat}.cs", clone.Read($"Migrations/{Vat}.cs").Replace("true", "false", StringComparison.Ordinal));

        await Fails("edited-applied-migration", Vat, $"Migrations/{Vat}.cs", 9);
    }

    [Fact]
    public async Task A_deleted_migration_fails()
    {
        clone.Delete($"Migrations/{Initial}.cs");
        clone.Delete($"Migrations/{Initial}.Designer.cs");

        await Fails("deleted-migration", Initial, $"Migrations/{Initial}.cs", 1);
    }

    [Fact]
    public async Task A_missing_migration_fails()
    {
        clone.Snapshot("Id", "Vat", "Tier");

        await Fails("snapshot-without-migration", "ShopContextModelSnapshot", "Migrations/ShopContextModelSnapshot.cs", 16);
    }

    [Fact]
    public async Task A_reordered_migration_fails()
    {
        clone.Migrate("20260115000000_AddTier", "Id", "Vat", "Tier");

        await Fails("non-linear-history", "20260115000000_AddTier", "Migrations/20260115000000_AddTier.cs", 5);
    }

    [Fact]
    public async Task Conflicting_snapshots_fail()
    {
        clone.Migrate(Tier, "Id", "Vat", "Tier");
        clone.Commit();
        clone.Git("switch", "-q", "main");
        clone.Migrate("20260225000000_AddRank", "Id", "Vat", "Rank");
        clone.Commit();
        clone.Git("switch", "-q", "topic");

        await Fails("diverged-snapshot", "ShopContextModelSnapshot", "Migrations/ShopContextModelSnapshot.cs", 16);
    }

    [Fact]
    public async Task The_report_says_what_was_chosen()
    {
        clone.Migrate(Tier, "Id", "Vat", "Tier");

        var text = new StringWriter();
        var console = Spectre.Console.AnsiConsole.Create(new() { Out = new Spectre.Console.AnsiConsoleOutput(text), Ansi = Spectre.Console.AnsiSupport.No });
        new TextReport(console).Write(await ReviewAsync(null));
        text.ToString().ShouldContain("  reviewed: 1 migration that main does not have\n");
        JsonReport.Of(await ReviewAsync(null)).ShouldContain("\"chosen\": \"1 migration that main does not have\"");
    }

    private async Task Fails(string rule, string migration, string file, int line)
    {
        var review = await ReviewAsync("main");
        review.Code.ShouldBe(1);
        var finding = review.Findings.Where(finding => finding.Severity == Severity.Dangerous).ShouldHaveSingleItem();
        finding.Rule.ShouldBe(rule);
        finding.Origin.Migration.ShouldBe(migration);
        finding.Origin.File.ShouldBe(file);
        finding.Origin.Line.ShouldBe(line);
        review.Migrations.Single(each => each.Findings.Contains(finding)).Migration.Id.ShouldBe(migration);
    }

    private async Task<Review> ReviewAsync(string? @base)
    {
        using var history = await clone.HistoryAsync(@base);
        return SourceReview.Of(
            history.Here.Tree, "Shop", null, EngineBook.All.Single(engine => engine.Id == "postgresql"), ids => ids,
            new(new GivenFacts(null, []), Together: true, new(new SafeMigrateSettings(), Policy.None, Advice: false, Severity.Dangerous), Baseline: null), history);
    }
}
