using System.Text.Json;

namespace EfSafeMigrate.EndToEndTests;

[Collection(nameof(BuiltSamplesCollection))]
public sealed class ReviewingSamples(InstalledTool tool)
{
    [Theory]
    [InlineData("Shop", 12)]
    [InlineData("Library", 10)]
    [InlineData("Legacy", 8)]
    public async Task ReportIsAsApproved(string sample, int models)
    {
        var standard = await tool.RunByDotnetAsync(tool.Sample(sample), "review");
        var all = await tool.RunAsync(tool.Sample(sample), ["review", "--all", "--no-build", "--verbose"]);

        // These were approved when EF built two models for each migration.
        Approved.ShouldBe($"{sample}.txt", standard.Output);
        Approved.ShouldBe($"{sample}.all.txt", all.Output);
        all.Error.ShouldContain($"{models} of EF's models built for ");
        all.Code.ShouldBe(1, "every sample has a dangerous migration");
        Widest(standard.Output + all.Output).ShouldBeLessThanOrEqualTo(80);
    }

    /// <summary>What source mode is held against, beside the approved texts of the larger samples.</summary>
    [Theory]
    [InlineData("Tiny", "NotesContext")]
    [InlineData("Phases", "StoreContext")]
    [InlineData("Busy", "GuardedContext")]
    public async Task SmallSamplesAreAsApproved(string sample, string context)
    {
        var result = await tool.RunAsync(tool.Sample(sample), ["review", "--all", "--context", context]);

        Approved.ShouldBe($"{sample}.all.txt", result.Output);
    }

    [Theory]
    [InlineData("OrderingContext")]
    [InlineData("BillingContext")]
    public async Task PairOfProjectsIsAsApproved(string context)
    {
        var result = await tool.RunAsync(
            tool.Sample("Pair"), ["review", "--all", "--project", "Pair.Data", "--startup-project", "Pair.Web", "--context", context]);

        Approved.ShouldBe($"Pair.{context}.txt", result.Output);
    }

    [Fact]
    public async Task JsonHasTheSameFindingsWithEveryField()
    {
        var result = await tool.RunAsync(tool.Sample("Library"), ["review", "--all", "--json"]);

        using var document = JsonDocument.Parse(result.Output);
        document.RootElement.GetProperty("schemaVersion").GetInt32().ShouldBe(1);
        var findings = document.RootElement.GetProperty("findings").EnumerateArray().ToArray();
        findings.ShouldNotBeEmpty();
        string[] fields =
        [
            "rule", "severity", "category", "message", "evidence", "cure", "lock", "blocks", "estimate",
            "migration", "operation", "table", "column", "file", "line",
        ];
        foreach (var finding in findings)
        {
            fields.ShouldBeSubsetOf(finding.EnumerateObject().Select(property => property.Name));
            finding.GetProperty("severity").GetString().ShouldBeOneOf("safe", "careful", "dangerous");
        }
        var text = await tool.RunAsync(tool.Sample("Library"), ["review", "--all", "--no-build"]);
        foreach (var finding in findings)
        {
            text.Output.ShouldContain(finding.GetProperty("rule").GetString()!);
        }
    }

    /// <summary>By the built model and by the Designers alike.</summary>
    [Fact]
    public async Task WhatTheCodeUsesIsShownWithABuildAndWithout()
    {
        var built = await tool.RunAsync(tool.Sample("Legacy"), ["review", "--all", "--impact", "--json"]);
        var source = await tool.RunAsync(tool.Sample("Legacy"), ["review", "--all", "--impact", "--json", "--source"]);

        using var document = JsonDocument.Parse(built.Output);
        var uses = document.RootElement.GetProperty("codeUses");
        uses.GetProperty("touched").EnumerateArray().Single(each => each.GetProperty("column").GetString() == "Registration").GetProperty("uses").EnumerateArray()
            .Select(use => (use.GetProperty("file").GetString(), use.GetProperty("line").GetInt32(), use.GetProperty("kind").GetString()))
            .ShouldBe([("Data/WorkshopContext.cs", 55, "configuration"), ("Program.cs", 22, "read")]);
        using var read = JsonDocument.Parse(source.Output);
        read.RootElement.GetProperty("codeUses").GetRawText().ShouldBe(uses.GetRawText());
    }

    [Theory]
    [InlineData("careful", 1)]
    [InlineData("never", 0)]
    public async Task ThresholdDecidesTheExitCode(string threshold, int code)
    {
        var result = await tool.RunAsync(tool.Sample("Library"), ["review", "--all", "--fail-on", threshold]);

        result.Code.ShouldBe(code);
    }

    [Fact]
    public async Task SelectionsChooseMigrations()
    {
        var ids = await Ids("--all");

        (await Ids("--no-build", "--last", "2")).ShouldBe(ids[^2..]);
        (await Ids("--no-build", "--from", ids[1], "--to", ids[3])).ShouldBe(ids[2..4]);
        (await Ids("--no-build", "--migration", ids[2][15..])).ShouldBe([ids[2]]);
        (await Ids("--no-build")).ShouldBe(ids[^1..]);
    }

    private async Task<string[]> Ids(params string[] selection)
    {
        var result = await tool.RunAsync(tool.Sample("Legacy"), ["review", "--json", .. selection]);
        using var document = JsonDocument.Parse(result.Output);
        return [.. document.RootElement.GetProperty("migrations").EnumerateArray()
            .Where(migration => !migration.GetProperty("pendingModel").GetBoolean())
            .Select(migration => migration.GetProperty("id").GetString()!)];
    }

    private static int Widest(string text) => text.Split('\n').Max(line => line.Length);
}
